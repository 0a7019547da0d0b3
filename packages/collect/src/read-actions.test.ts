import { layerField, layerFieldNames } from '@denyscope/model';
import { READS } from './calls/index.ts';
import { actionsOfField, actionsOfStep } from './read-actions.ts';

test('the read of one thing goes before the listing that tells a part of the same', () => {
  expect(actionsOfField('bucket', 'Policy')).toEqual({ actions: ['s3:GetBucketPolicy'], scope: 'bucket' });
  expect(actionsOfField('bucket', 'Owner')).toEqual({ actions: ['s3:GetBucketAcl'], scope: 'bucket' });
  expect(actionsOfField('kms-key', 'Grants')).toEqual({ actions: ['kms:ListGrants'], scope: 'key' });
  expect(actionsOfField('bucket', 'Nothing')).toBeUndefined();
});

test('a step is its IAM action, which may have another name; those of the organization are not of the role', () => {
  expect(actionsOfStep('s3:ListBuckets')).toEqual({ actions: ['s3:ListAllMyBuckets'], scope: 'account' });
  expect(actionsOfStep('kms:ListKeys')).toEqual({ actions: ['kms:ListKeys'], scope: 'region' });
  expect(actionsOfStep('organizations:ListPolicies')).toBeUndefined();
  expect(actionsOfField('account', 'Tags')).toBeUndefined();
});

/** Every field that a read of an account fills. */
const FILLED = READS.filter(({ scope }) => scope !== 'organization').flatMap(({ fills }) =>
  Object.entries(fills).flatMap(([kind, fields]) => fields.map((field) => [kind, field] as const)),
);
const READ_BY_LAYERS = FILLED.filter(([kind, field]) => layerFieldNames(kind).includes(field));

test.each(READ_BY_LAYERS)('answers name the action that reads %s %s', (kind, field) => {
  expect(actionsOfField(kind, field)?.actions).toContain(layerField(kind, field)?.step);
});
