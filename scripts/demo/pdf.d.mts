export function pdf(title: string, summary: string, sections: [heading: string, text: string][]): Buffer;
