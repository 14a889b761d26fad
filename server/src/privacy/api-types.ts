/** Types that the admin shares with the server; types only. */

/** `POST /clv/people/export` and `/erase`: exactly one of these. */
export interface SubjectBody {
  customerId?: string;
  email?: string;
  /** A browser alone: whoever it is linked to stays. */
  visitor?: string;
  personId?: string;
}

/** `POST /clv/people/export`: everything that is stored about the subject, by section. */
export interface PersonExport {
  exportedAt: string;
  sections: Record<string, Record<string, unknown>[]>;
}

/** `POST /clv/people/erase`: how many rows went, by section. */
export type Erased = Record<string, number>;
