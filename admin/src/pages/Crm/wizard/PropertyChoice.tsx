import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { styled } from 'styled-components';
import type { CrmField } from '../../../../../server/src/crm/sync/api-types';
import { useText } from '../../../text';
import { FIELD_TYPE, matching } from './properties';

/** More than that nobody reads; typing narrows them down. */
const SHOWN = 60;

interface PropertyChoiceProps {
  label: string;
  describedBy: string;
  fields: readonly CrmField[];
  /** The name of the property, or null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
}

/** One of the CRM's properties, of which there may be hundreds: type a part of its name, or go through the list. */
export function PropertyChoice({ label, describedBy, fields, value, onChange }: PropertyChoiceProps) {
  const text = useText();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState<string | null>(null);
  const [active, setActive] = useState(0);

  const open = search !== null;
  const none = text('clv.crm.map.none');
  const chosen = fields.find(({ name }) => name === value);
  const shownValue = value === null ? none : (chosen?.label ?? value);
  const found = open ? matching(fields, search) : [];
  // "Not used" stands first, as long as nothing is searched for.
  const options: (CrmField | null)[] = open ? [...(search ? [] : [null]), ...found.slice(0, SHOWN)] : [];

  function show() {
    setSearch('');
    setActive(Math.max(0, fields.slice(0, SHOWN).findIndex(({ name }) => name === value) + 1));
  }
  function choose(option: CrmField | null | undefined) {
    setSearch(null);
    if (option !== undefined) onChange(option?.name ?? null);
  }
  function onKeyDown(event: KeyboardEvent) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (!open) return show();
      const next = Math.min(Math.max(active + move, 0), options.length - 1);
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (open && event.key === 'Enter') {
      event.preventDefault();
      choose(options[active]);
    } else if (open && event.key === 'Escape') {
      event.stopPropagation();
      choose(undefined);
    }
  }

  return (
    <Box>
      <input
        ref={input}
        role="combobox"
        aria-label={label}
        aria-describedby={describedBy}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && options.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={open ? shownValue : undefined}
        value={open ? search : shownValue}
        data-unused={value === null}
        onClick={() => !open && show()}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setSearch(null)}
      />
      {open && (
        <div className="list">
          <div id={listId} role="listbox" aria-label={label}>
            {options.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is heard by the field that has the focus
              <div
                key={option?.name ?? ''}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={(option?.name ?? null) === value}
                data-active={index === active}
                // Without this the field loses the focus, and the list goes before it is clicked.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
              >
                {option ? (
                  <>
                    {option.label}
                    <small>
                      {option.name} · {text(FIELD_TYPE[option.type])}
                    </small>
                  </>
                ) : (
                  none
                )}
              </div>
            ))}
          </div>
          {options.length === 0 && <p>{text('clv.crm.map.no-match')}</p>}
          {found.length > SHOWN && <p>{text('clv.crm.map.more', { n: found.length - SHOWN })}</p>}
        </div>
      )}
    </Box>
  );
}

const Box = styled.div`
  position: relative;
  min-width: 0;

  input {
    width: 100%;
    min-height: 4rem;
    padding: 0 3.2rem 0 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    font: inherit;
    font-size: 1.4rem;
    color: ${({ theme }) => theme.colors.neutral800};
    background: ${({ theme }) => theme.colors.neutral0};
    text-overflow: ellipsis;
    cursor: pointer;
  }

  input::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }

  input[data-unused='true'] {
    color: ${({ theme }) => theme.colors.neutral600};
  }

  input:focus {
    outline: none;
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: 0 0 0 2px ${({ theme }) => theme.colors.primary600};
  }

  &::after {
    content: '';
    position: absolute;
    inset-inline-end: 1.4rem;
    top: 1.6rem;
    width: 0.7rem;
    height: 0.7rem;
    border: solid ${({ theme }) => theme.colors.neutral600};
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }

  .list {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    top: calc(100% + 0.4rem);
    padding: 0.4rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: 4px;
    background: ${({ theme }) => theme.colors.neutral0};
    box-shadow: ${({ theme }) => theme.shadows.filterShadow};
  }

  [role='listbox'] {
    max-height: 28rem;
    overflow-y: auto;
  }

  [role='option'],
  .list p {
    padding: 0.8rem;
    border-radius: 4px;
    font-size: 1.4rem;
    line-height: 1.8rem;
    overflow-wrap: anywhere;
    color: ${({ theme }) => theme.colors.neutral800};
    cursor: pointer;
  }

  .list p {
    color: ${({ theme }) => theme.colors.neutral600};
    cursor: default;
  }

  [aria-selected='true'] {
    font-weight: 600;
    color: ${({ theme }) => theme.colors.primary700};
  }

  [data-active='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }

  small {
    display: block;
    font-size: 1.2rem;
    line-height: 1.6rem;
    font-weight: 400;
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;
