import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { goTo } from '../navigation/navigation'
import { useCan } from '../session/can'
import { firstRunText } from '../text/first-run-text'

/** A button that opens the setup guide again. Hidden from users who may not use the guide. */
export function ShowGuideButton() {
  const isAllowed = useCan('guide.get')
  if (!isAllowed) return null
  return (
    <Button variant="default" leftSection={<IconRoute size={15} aria-hidden />} onClick={() => goTo({ screen: 'guide' })}>
      {firstRunText.showAgain}
    </Button>
  )
}
