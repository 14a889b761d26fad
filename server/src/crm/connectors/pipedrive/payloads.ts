/*
 * What Pipedrive's API v2 gives, as far as it is read here. Everything may be missing: some fields depend on the plan,
 * and what is null is sometimes left out. A test holds these types to those of Pipedrive's own client.
 */

/** Anything that has a time of its latest change, in RFC 3339. */
export interface Changing {
  id?: number;
  add_time?: string;
  update_time?: string;
  is_deleted?: boolean;
}

/** By the field's code of 40 hexadecimal digits; the shape of a value depends on the field's type. */
export type CustomFields = Record<string, unknown>;

export interface Person extends Changing {
  name?: string;
  org_id?: number | null;
  emails?: { value?: string; primary?: boolean; label?: string }[];
  custom_fields?: CustomFields;
}

export interface Deal extends Changing {
  title?: string;
  status?: string;
  person_id?: number | null;
  value?: number | null;
  currency?: string;
  won_time?: string | null;
  custom_fields?: CustomFields;
}

export interface Organization {
  id?: number;
  name?: string;
}

export interface Field {
  field_code: string;
  field_name: string;
  field_type: string;
  is_custom_field: boolean;
}

/** Of a note, API v1: there is no newer one. */
export interface NotePayload {
  id?: number;
  content?: string;
  person_id?: number | null;
}

/** Of the user whose token it is, API v1. */
export interface Me {
  company_id?: number;
  company_name?: string;
  default_currency?: string;
}

export interface Listed<Row> {
  data?: Row[] | null;
  additional_data?: { next_cursor?: string | null } | null;
}
