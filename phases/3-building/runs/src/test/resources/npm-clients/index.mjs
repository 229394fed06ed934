import * as core from '@actions/core'
import * as github from '@actions/github'
import * as cache from '@actions/cache'
import artifact from '@actions/artifact'
import * as fs from 'node:fs'
import * as path from 'node:path'
import assert from 'node:assert/strict'

const parts = {
  async upload() {
    fs.mkdirSync('made/deep', {recursive: true})
    fs.writeFileSync('made/hello.txt', 'hello')
    fs.writeFileSync('made/deep/large.bin', Buffer.alloc(20 * 1024 * 1024, 'rondo'))
    const made = await artifact.uploadArtifact(
      'made', ['made/hello.txt', 'made/deep/large.bin'], 'made', {compressionLevel: 0, retentionDays: 3})
    core.setOutput('id', made.id)
    core.setOutput('digest', made.digest)
    assert.ok(made.id > 0 && made.size > 20 * 1024 * 1024)
    await assert.rejects(
      artifact.uploadArtifact('made', ['made/hello.txt'], 'made'),
      /already exists on the workflow run/)
  },

  async download() {
    const {artifacts} = await artifact.listArtifacts()
    core.info('listed ' + artifacts.map(one => one.name).sort().join(','))
    const {artifact: found} = await artifact.getArtifact('made')
    const {downloadPath, digestMismatch} = await artifact.downloadArtifact(
      found.id, {path: path.resolve('back'), expectedHash: found.digest})
    assert.equal(digestMismatch, false)
    assert.equal(fs.readFileSync(path.join(downloadPath, 'hello.txt'), 'utf8'), 'hello')
    assert.equal(fs.statSync(path.join(downloadPath, 'deep/large.bin')).size, 20 * 1024 * 1024)
    const native = await artifact.getArtifact('native')
    await artifact.downloadArtifact(native.artifact.id, {path: path.resolve('natively')})
    assert.equal(fs.readFileSync('natively/run.sh', 'utf8').trim(), 'echo native')
  },

  async elsewhere() {
    const token = core.getInput('token') || process.env.TOKEN
    const findBy = {
      token,
      workflowRunId: github.context.runId,
      repositoryOwner: github.context.repo.owner,
      repositoryName: github.context.repo.repo
    }
    const {artifacts} = await artifact.listArtifacts({findBy})
    assert.ok(artifacts.some(one => one.name === 'made'))
    const {artifact: found} = await artifact.getArtifact('made', {findBy})
    await artifact.downloadArtifact(found.id, {findBy, path: path.resolve('public')})
    assert.equal(fs.readFileSync('public/hello.txt', 'utf8'), 'hello')
    const octokit = github.getOctokit(token)
    const usage = await octokit.rest.actions.getActionsCacheUsage(github.context.repo)
    assert.equal(usage.data.full_name, process.env.GITHUB_REPOSITORY)
    await assert.rejects(
      octokit.rest.actions.deleteArtifact({...github.context.repo, artifact_id: found.id}),
      error => error.status === 403)
  },

  async remove() {
    await artifact.deleteArtifact('made')
    await assert.rejects(artifact.getArtifact('made'), /not found/i)
  },

  async cache() {
    assert.ok(cache.isFeatureAvailable())
    fs.mkdirSync('kept', {recursive: true})
    fs.writeFileSync('kept/value.bin', Buffer.alloc(300 * 1024, 'x'))
    assert.equal(await cache.restoreCache(['kept'], 'proof-1', ['proof-']), undefined)
    const id = await cache.saveCache(['kept'], 'proof-1')
    assert.ok(id > 0)
    assert.equal(await cache.saveCache(['kept'], 'proof-1'), -1)
    fs.rmSync('kept', {recursive: true})
    assert.equal(await cache.restoreCache(['kept'], 'proof-2', ['proof-']), 'proof-1')
    assert.equal(fs.statSync('kept/value.bin').size, 300 * 1024)
  },

  async identity() {
    const token = await core.getIDToken('sts.example.org')
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
    core.info('sub=' + claims.sub + ' aud=' + claims.aud)
    const issuer = process.env.GITHUB_SERVER_URL + '/_services/token'
    const about = await (await fetch(issuer + '/.well-known/openid-configuration')).json()
    assert.equal(about.issuer, claims.iss)
    const keys = await (await fetch(issuer + '/.well-known/jwks')).json()
    const key = await crypto.subtle.importKey(
      'jwk', keys.keys[0], {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'}, false, ['verify'])
    const [head, body, signature] = token.split('.')
    assert.ok(await crypto.subtle.verify(
      'RSASSA-PKCS1-v1_5', key, Buffer.from(signature, 'base64url'), Buffer.from(head + '.' + body)))
  }
}

try {
  await parts[core.getInput('part')]()
  core.info('proved ' + core.getInput('part'))
} catch (error) {
  core.setFailed(error)
}
