/**
 * Action lists as long as those of AWS's big managed policies: real services and the shapes of their read actions.
 * Only the entries of S3, KMS and IAM matter to a verdict, and those are AWS's; the rest is weight.
 */

const SERVICES =
  'access-analyzer acm airflow amplify apigateway appconfig appflow appmesh appstream appsync athena auditmanager ' +
  'autoscaling backup batch bedrock braket ce chime cloud9 clouddirectory cloudformation cloudfront cloudhsm ' +
  'cloudsearch cloudtrail cloudwatch codeartifact codebuild codecommit codedeploy codepipeline codestar cognito-idp ' +
  'cognito-sync comprehend compute-optimizer config connect databrew dataexchange datapipeline datasync dax detective ' +
  'devicefarm directconnect discovery dlm dms ds dynamodb ec2 ecr ecs eks elasticache elasticbeanstalk ' +
  'elasticfilesystem elasticloadbalancing elasticmapreduce elastictranscoder es events evidently firehose fis fms ' +
  'forecast frauddetector fsx gamelift geo glacier globalaccelerator glue grafana greengrass groundstation guardduty ' +
  'health identitystore imagebuilder inspector2 iot iotanalytics iotevents iotsitewise ivs kafka kendra kinesis ' +
  'kinesisanalytics lakeformation lambda lex license-manager lightsail logs lookoutmetrics macie2 mediaconnect ' +
  'mediaconvert medialive mediapackage mediastore memorydb mgh mobiletargeting mq network-firewall networkmanager ' +
  'nimble opsworks outposts panorama personalize polly proton qldb quicksight ram rds redshift rekognition ' +
  'resiliencehub resource-groups robomaker route53 route53domains route53resolver sagemaker schemas securityhub ' +
  'serverlessrepo servicecatalog servicediscovery servicequotas ses shield signer sms snowball sns sqs ssm states ' +
  'storagegateway swf synthetics tag textract timestream transcribe transfer translate trustedadvisor waf wafv2 ' +
  'wellarchitected workdocs worklink workmail workspaces xray';

const NOUNS =
  'Application Assessment Association Attributes Backup Channel Cluster Collection Configuration Connection Contact ' +
  'Dashboard Dataset DeliveryStream Deployment Detector Device Distribution Domain Endpoint Environment Execution ' +
  'Experiment Export Fleet Gateway Group Image Import Instance Integration Invitation Job Key Layer License Listener ' +
  'Member Model Network Notebook Operation Package Parameter Pipeline Policy Profile Project Quota Repository Resource ' +
  'ResourcePolicy Revision Rule Schedule Schema Service Session Snapshot Stage Subscription Task Template Trigger ' +
  'Usage Vault Version Workflow Workgroup Workspace';

const serviceNames = SERVICES.split(' ');
const nouns = NOUNS.split(' ');

/** The nouns of one service: a stretch of the list, so that services differ as they do with AWS. */
function nounsOf(serviceIndex: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => {
    const index = (serviceIndex * 7 + place * (1 + (serviceIndex % 5))) % nouns.length;
    return nouns[index] ?? 'Resource';
  });
}

/** What a service is asked about each of `nounCount` nouns, one action a verb. */
export function readActions(verbs: readonly string[], nounCount: number): readonly string[] {
  const actions = serviceNames.flatMap((service, index) =>
    nounsOf(index, nounCount).flatMap((noun) =>
      verbs.map((verb) => `${service}:${verb}${pluralOf(verb, noun)}`),
    ),
  );
  return [...new Set(actions)].toSorted();
}

/** Whole families: `service:Describe*`. */
export function actionFamilies(verbs: readonly string[]): readonly string[] {
  return serviceNames.flatMap((service) => verbs.map((verb) => `${service}:${verb}*`));
}

function pluralOf(verb: string, noun: string): string {
  if (verb === 'Get' || noun.endsWith('s')) return noun;
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
