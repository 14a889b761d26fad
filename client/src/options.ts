export interface TrackerOptions {
  /** Where the plugin's routes are, such as `https://cms.example.com/api/clv`; no slash at the end. */
  endpoint: string;
  /** `required` (the default): nothing is stored or sent before `consent('granted')`. `assumed`: until `consent('denied')`. */
  consent?: 'required' | 'assumed';
  /** The key of the content on this page, `<uid>/<documentId>[/<locale>]`; else `<meta name="clv:content">` names it. */
  content?: string;
  /** The name of the visitor's cookie, `clv_vid` unless the plugin's configuration says another. */
  cookie?: string;
}

/** A page has one tracker, as it has one history, one session and one reader; so its state lives in modules. */
export let options: TrackerOptions;

export const configure = (given: TrackerOptions): void => {
  options = { cookie: 'clv_vid', ...given };
};
