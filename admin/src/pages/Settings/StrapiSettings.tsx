import { Box, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { PERMISSIONS } from '../../plugin';
import { useText } from '../../text';
import { SettingsViews } from './SettingsViews';

/** The same page where Strapi keeps the settings of all plugins. */
export default function StrapiSettings() {
  const text = useText();
  return (
    <Page.Protect permissions={PERMISSIONS.settings}>
      <Page.Title>{`${text('clv.settings.link')} | ${text('clv.name')}`}</Page.Title>
      <Page.Main>
        <Layouts.BaseHeader
          title={text('clv.settings.link')}
          subtitle={
            <Typography tag="p" textColor="neutral600">
              {text('clv.settings.subtitle')}
            </Typography>
          }
        />
        <Layouts.Content>
          <Box paddingBottom={8}>
            <SettingsViews heading="h2" />
          </Box>
        </Layouts.Content>
      </Page.Main>
    </Page.Protect>
  );
}
