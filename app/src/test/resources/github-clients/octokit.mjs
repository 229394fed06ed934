// Calls a Rondo by npm's @octokit/rest as any program of GitHub's users would; says what it saw, one fact a line.
import {Octokit} from '@octokit/rest'

const [server, token] = process.argv.slice(2)
const octokit = new Octokit({auth: token, baseUrl: `${server}/api/v3`})
const here = {owner: 'rondo', repo: 'hello'}
const say = (what, ...facts) => console.log(what, ...facts)
const {actions} = octokit.rest

const {data: me} = await octokit.rest.users.getAuthenticated()
say('user', me.login)
const {data: repo} = await octokit.rest.repos.get(here)
say('repository', repo.full_name, repo.default_branch, repo.permissions.admin)
const file = await octokit.rest.repos.getContent({...here, path: '.github/workflows/ci.yml'})
say('file', file.data.path, Buffer.from(file.data.content, 'base64').toString().includes('workflow_dispatch'))

const {data: {workflows}} = await actions.listRepoWorkflows(here)
say('workflows', workflows.map(w => `${w.name} ${w.path} ${w.state}`).join())
const workflow_id = 'ci.yml'
await actions.createWorkflowDispatch({...here, workflow_id, ref: 'main', inputs: {word: 'second'}})
const ended = async (run_id, attempt) => {
  for (;;) {
    const {data: run} = await actions.getWorkflowRun({...here, run_id})
    if (run.status === 'completed' && run.run_attempt >= attempt) return run
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
const second = await ended(2, 1)
say('dispatched', second.event, second.conclusion, second.display_title)

const runs = await octokit.paginate(actions.listWorkflowRunsForRepo, {...here, per_page: 1})
say('paginated', runs.map(run => run.run_number).join())
const filtered = await actions.listWorkflowRuns({...here, workflow_id, event: 'push', branch: 'main', status: 'failure', actor: 'ada'})
say('filtered', filtered.data.workflow_runs.map(run => run.id).join())

const {data: {jobs}} = await actions.listJobsForWorkflowRun({...here, run_id: 1})
say('jobs', jobs.map(job => `${job.name}=${job.conclusion}`).join())
const bad = jobs.find(job => job.name === 'bad')
say('steps', bad.steps.map(step => `${step.number}.${step.name}=${step.conclusion}`).join())
const log = await actions.downloadJobLogsForWorkflowRun({...here, job_id: bad.id})
say('log', log.data.includes('it is first'))
const notes = await octokit.rest.checks.listAnnotations({...here, check_run_id: bad.id})
say('annotations', notes.data.map(note => `${note.annotation_level} ${note.path}:${note.start_line} ${note.message}`).join())
const zip = await actions.downloadWorkflowRunLogs({...here, run_id: 1})
say('zip', Buffer.from(zip.data).subarray(0, 2).toString())

await actions.reRunWorkflowFailedJobs({...here, run_id: 1, enable_debug_logging: true})
const again = await ended(1, 2)
say('again', again.run_attempt, again.conclusion)
const {data: before} = await actions.getWorkflowRunAttempt({...here, run_id: 1, attempt_number: 1})
say('before', before.run_attempt, before.conclusion)
const attempt = await actions.listJobsForWorkflowRunAttempt({...here, run_id: 1, attempt_number: 1})
say('attempt', attempt.data.total_count)

const {data: {artifacts}} = await actions.listWorkflowRunArtifacts({...here, run_id: 1})
say('artifacts', artifacts.map(artifact => artifact.name).join())
const packed = await actions.downloadArtifact({...here, artifact_id: artifacts[0].id, archive_format: 'zip'})
say('packed', Buffer.from(packed.data).subarray(0, 2).toString())

await actions.createRepoVariable({...here, name: 'COLOUR', value: 'red'})
await actions.updateRepoVariable({...here, name: 'COLOUR', value: 'green'})
say('variable', (await actions.getRepoVariable({...here, name: 'colour'})).data.value)
await actions.deleteRepoVariable({...here, name: 'COLOUR'})
say('variables', (await actions.listRepoVariables(here)).data.total_count)
say('public key', Buffer.from((await actions.getRepoPublicKey(here)).data.key, 'base64').length)

await actions.disableWorkflow({...here, workflow_id})
say('disabled', (await actions.getWorkflow({...here, workflow_id})).data.state)
await actions.enableWorkflow({...here, workflow_id})
say('caches', (await actions.getActionsCacheList(here)).data.total_count)

const first = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/1', here)
const same = await octokit
  .request('GET /repos/{owner}/{repo}/actions/runs/1', {...here, headers: {'if-none-match': first.headers.etag}})
  .catch(error => error)
say('unchanged', same.status)
const refused = await octokit.request('GET /repos/rondo/nothing').catch(error => error)
say('refused', refused.status, refused.response.data.documentation_url !== undefined)
const over = await actions.cancelWorkflowRun({...here, run_id: 1}).catch(error => error)
say('over', over.status)
await actions.deleteWorkflowRunLogs({...here, run_id: 2})
await actions.deleteWorkflowRun({...here, run_id: 2})
say('deleted', (await actions.getWorkflowRun({...here, run_id: 2}).catch(error => error)).status)
