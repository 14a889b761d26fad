import { useEffect, useState } from 'react';
import { kindName } from '../../../format';
import { useLast, useResource } from '../../../resource';
import { useText } from '../../../text';
import { segments } from '../segments-api';
import { useTitles } from '../titles';
import { PickMany } from './PickMany';

const TYPING_MS = 300;

/** Items of content, found by their titles. */
export function ContentPicker({
  chosen,
  onChange,
}: {
  chosen: string[];
  onChange: (keys: string[]) => void;
}) {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(typed), typed ? TYPING_MS : 0);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const { data, error } = useResource(
    asked === null ? null : `segment search ${asked}`,
    () => segments.contents({ search: asked ?? '' }),
    60_000,
  );
  const found = useLast(data)?.contents ?? [];
  const titleOf = useTitles([...chosen].sort());
  const note = ({ kind, locale }: { kind: string; locale: string }) =>
    [kindName(kind), locale].filter(Boolean).join(' · ');
  const offered = found.map((one) => ({ value: one.key, name: one.title, note: note(one) }));
  const others = chosen.filter((key) => !offered.some(({ value }) => value === key));
  return (
    <PickMany
      label={text('clv.segments.content.items')}
      choices={[...offered, ...others.map((key) => ({ value: key, name: titleOf(key) }))]}
      chosen={chosen}
      error={null}
      problem={error ? text('clv.segments.content.failed') : null}
      onChange={onChange}
      onSearch={setTyped}
    />
  );
}
