import { expect, test } from 'vitest';
import { startStrapi } from '../../support/strapi';

test('a configuration that does not fit the app is an error at boot that names each fault and what would fit', async () => {
  const boot = startStrapi({
    config: {
      contentTypes: {
        'api::artikel.artikel': { kind: 'article' },
        'api::article.article': { kind: 'article', title: 'headline' },
        'api::white-paper.white-paper': { kind: 'white-paper', title: 'title', file: 'summary' },
        'plugin::users-permissions.user': { kind: 'user', title: 'username', topic: 'role' },
        'plugin::users-permissions.role': { kind: 'role', title: 'name', topic: 'colour' },
        'plugin::users-permissions.permission': {
          kind: 'permission',
          title: 'action',
          groups: { action: 'action', team: 'role.users.team' },
        },
      },
    },
  });
  const message: string = await boot.then(
    () => 'it booted',
    (error) => error.message,
  );
  expect(message).toMatch(
    /"api::artikel\.artikel"\] there is no such content type\. This app has: api::article\.article, api::white-paper\.white-paper/,
  );
  expect(message).toMatch(/"headline" does not exist\. Attributes with text: title, slug, topic, body/);
  expect(message).toMatch(/"role" is a relation; .* There are: role\.name, role\.description, role\.type/);
  expect(message).toMatch(
    /"colour" is neither an attribute with text nor .* relations: name, description, type, .*users/,
  );
  expect(message).toMatch(/"summary" is of type text, not media\. Media attributes: file/);
  expect(message).toMatch(
    /permission"\] groups\.team: "role\.users\.team" is neither .* relations: role\.users\.username, .*role\.users\.role/,
  );
});
