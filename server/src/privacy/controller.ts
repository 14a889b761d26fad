import { firstProblem } from '../identity/identifiers';
import { IdentityError } from '../identity/identity-error';
import type { Strapi } from '../room';
import type { Context } from '../tracking/http';
import type { PrivacyService } from './service';
import { type Subject, subjectSchema } from './subject';

export function peopleController({ strapi }: { strapi: Strapi }) {
  const service = (): PrivacyService => strapi.plugin('clv').service('privacy');

  const about = (answer: (subject: Subject) => Promise<unknown>) => async (ctx: Context) => {
    const subject = subjectSchema.safeParse(ctx.request.body);
    if (!subject.success) return ctx.badRequest(firstProblem(subject.error));
    try {
      ctx.body = await answer(subject.data);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      ctx.badRequest(error.message);
    }
  };

  return {
    export: about((subject) => service().exportPerson(subject)),
    erase: about((subject) => service().erasePerson(subject)),
  };
}
