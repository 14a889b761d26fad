import { getFetchClient, isFetchError } from '@strapi/strapi/admin';
import type {
  FieldError,
  SettingsAnswer,
  SettingsDraft,
  SettingsInput,
  SettingsPreview,
} from '../../../../server/src/settings/api-types';
import { get } from '../../api';

/** The admin routes of the settings. */
export const settingsApi = {
  read: () => get<SettingsAnswer>('/settings'),
  save: async (input: SettingsInput) =>
    (await getFetchClient().put<SettingsAnswer>('/clv/settings', input)).data,
  preview: async (values: SettingsDraft) =>
    (await getFetchClient().post<SettingsPreview>('/clv/settings/preview', { values })).data,
};

/** What the server found wrong, by setting; null when it was something else. */
export function fieldErrors(error: unknown): FieldError[] | null {
  if (!isFetchError(error)) return null;
  const details = error.response?.data?.error?.details as { errors?: FieldError[] } | undefined;
  return details?.errors ?? null;
}

/** Whether somebody else saved meanwhile. */
export const isConflict = (error: unknown): boolean => isFetchError(error) && error.status === 409;
