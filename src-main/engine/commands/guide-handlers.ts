import type { GUIDE_COMMANDS, GuideRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { findSamples } from '../database/samples-store'
import { listDestinations, listSources, readSetting, writeSetting } from '../database/settings-store'
import type { SyncRunner } from '../runs/sync-runner'
import { addSamples } from '../samples/add-samples'
import { removeSamples } from '../samples/remove-samples'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for the first-run guide and the samples that it offers. */
export function guideHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof GUIDE_COMMANDS> {
  return {
    'guide.get': () => guide(engine),
    'guide.close': async () => {
      await engine.write(({ db }) => writeSetting(db, 'isGuideClosed', true))
      return guide(engine)
    },
    'samples.add': async (_input, { actor }) => {
      await publishAfter(addSamples(engine, { withFailing: true }))
      await runner.enqueue(['Read Orders'], { trigger: 'Sync Now', actor })
      return guide(engine)
    },
    'samples.remove': async () => {
      const { leftFiles } = await publishAfter(removeSamples(engine))
      return { ...(await guide(engine)), leftFiles }
    },
  }
}

async function guide({ db }: EngineContext): Promise<GuideRow> {
  const isClosed = await readSetting(db, 'isGuideClosed', false)
  const isEmpty = (await listSources(db)).length + (await listDestinations(db)).length === 0
  return { isOffered: !isClosed && isEmpty, hasSamples: (await findSamples(db)).sourceIds.length > 0 }
}
