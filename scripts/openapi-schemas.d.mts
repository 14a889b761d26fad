export interface AnswerSchemas {
  answers: Record<string, object>;
  types: Record<string, object>;
}
export function answerSchemas(): AnswerSchemas;
export function asText(schemas: AnswerSchemas): string;
