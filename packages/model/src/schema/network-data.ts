/** The `data` of the kinds of line that EC2 answers: the network, as far as S3 cares (semantics.md E). */
import { z } from 'zod';
import { policyDocumentSchema } from './snapshot-data.ts';

export const vpcEndpoint = z.looseObject({
  VpcEndpointId: z.string(),
  VpcEndpointType: z.string().optional(),
  VpcId: z.string().optional(),
  ServiceName: z.string().optional(),
  State: z.string().optional(),
  PolicyDocument: policyDocumentSchema.optional(),
  RouteTableIds: z.array(z.string()).optional(),
  SubnetIds: z.array(z.string()).optional(),
  OwnerId: z.string().optional(),
});

export const vpc = z.looseObject({
  VpcId: z.string(),
  OwnerId: z.string().optional(),
  HasNatGateway: z.boolean().optional(),
});

/** EC2 `RouteTable`: a route with a NatGatewayId leads out, one with a prefix list and a GatewayId to an endpoint. */
export const routeTable = z.looseObject({
  RouteTableId: z.string(),
  VpcId: z.string().optional(),
  OwnerId: z.string().optional(),
  Associations: z
    .array(
      z.looseObject({
        Main: z.boolean().optional(),
        SubnetId: z.string().optional(),
        GatewayId: z.string().optional(),
      }),
    )
    .optional(),
  Routes: z
    .array(
      z.looseObject({
        DestinationCidrBlock: z.string().optional(),
        DestinationIpv6CidrBlock: z.string().optional(),
        DestinationPrefixListId: z.string().optional(),
        GatewayId: z.string().optional(),
        NatGatewayId: z.string().optional(),
        State: z.string().optional(),
      }),
    )
    .optional(),
});
