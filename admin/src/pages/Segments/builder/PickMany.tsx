import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useText } from '../../../text';
import { FaultText } from './FaultText';
import { Chosen, Picker } from './pick-style';

export interface Pickable {
  value: string;
  name: string;
  /** What tells it from others of the same name. */
  note?: string;
}

interface PickManyProps {
  label: string;
  choices: Pickable[];
  chosen: string[];
  error: string | null;
  /** Why there is nothing to choose from. */
  problem?: string | null;
  onChange: (chosen: string[]) => void;
  /** Where the choices are asked for: told what is typed, null when the list closes. Else they are narrowed down here. */
  onSearch?: (typed: string | null) => void;
}

/** More than that nobody reads; typing narrows them down. */
const SHOWN = 40;

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Any of many values: type a part of a name, or go through the list; what is chosen stands above. */
export function PickMany(props: PickManyProps) {
  const { label, choices, chosen, error, problem = null, onChange, onSearch } = props;
  const text = useText();
  const [listId, errorId] = [useId(), useId()];
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = search !== null;
  const fits = ({ name }: Pickable) => onSearch !== undefined || plain(name).includes(plain(search ?? ''));
  const free = open ? choices.filter((choice) => !chosen.includes(choice.value) && fits(choice)) : [];
  const options = free.slice(0, SHOWN);
  const nameOf = (value: string) => choices.find((choice) => choice.value === value)?.name ?? value;

  function type(next: string | null) {
    setSearch(next);
    setActive(0);
    onSearch?.(next);
  }
  function choose(option: Pickable | undefined) {
    if (!option) return;
    onChange([...chosen, option.value]);
    type('');
  }
  function remove(value: string) {
    onChange(chosen.filter((one) => one !== value));
    input.current?.focus();
    // Whoever takes one away does not look for another.
    type(null);
  }
  function onKeyDown(event: KeyboardEvent) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (!open) return type('');
      const next = Math.min(Math.max(active + move, 0), options.length - 1);
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      // Enter never saves the form from here.
      event.preventDefault();
      if (open) choose(options[active]);
    } else if (open && event.key === 'Escape') {
      event.stopPropagation();
      type(null);
    } else if (event.key === 'Backspace' && !search && chosen.length > 0) remove(chosen.at(-1)!);
  }

  return (
    <Picker data-wrong={error !== null}>
      {chosen.length > 0 && (
        <Chosen aria-label={label}>
          {chosen.map((value) => (
            <li key={value}>
              <bdi>{nameOf(value)}</bdi>
              <button
                type="button"
                aria-label={text('clv.segments.remove', { name: nameOf(value) })}
                onClick={() => remove(value)}
              >
                ×
              </button>
            </li>
          ))}
        </Chosen>
      )}
      <input
        ref={input}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? `${listId}-${active}` : undefined}
        aria-invalid={error !== null}
        aria-describedby={error ? errorId : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={text('clv.segments.pick')}
        value={search ?? ''}
        onClick={() => !open && type('')}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => type(null)}
      />
      {open && (
        <div className="list">
          <div id={listId} role="listbox" aria-label={label} aria-multiselectable>
            {options.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is heard by the field that has the focus
              <div
                key={option.value}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={false}
                data-active={index === active}
                // Without this the field loses the focus, and the list goes before it is clicked.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
              >
                <bdi>{option.name}</bdi>
                {option.note && <small>{option.note}</small>}
              </div>
            ))}
          </div>
          {options.length === 0 && <p role="status">{problem ?? text('clv.segments.pick.none')}</p>}
          {free.length > SHOWN && <p>{text('clv.segments.pick.more', { n: free.length - SHOWN })}</p>}
        </div>
      )}
      {error && <FaultText id={errorId}>{error}</FaultText>}
    </Picker>
  );
}
