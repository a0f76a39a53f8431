import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { shellText } from './text/shell-text'

const petrol: MantineColorsTuple = [
  '#edf5f7',
  '#d8e8ed',
  '#b5d3dc',
  '#8dbccb',
  '#62a0b4',
  '#3a8299',
  '#22687f',
  '#1a5669',
  '#154757',
  '#0e3340',
]
const slate: MantineColorsTuple = [
  '#d8e0e5',
  '#bcc7ce',
  '#9daab2',
  '#74828b',
  '#46535c',
  '#36424a',
  '#273038',
  '#1c242a',
  '#161d22',
  '#10161a',
]

const compact = { defaultProps: { size: 'xs' } }

/** A compact theme: small controls, one muted primary colour, slightly rounded corners. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 6 },
  colors: { petrol, dark: slate },
  fontFamily:
    '"Segoe UI Variable Text", "Segoe UI", -apple-system, Cantarell, Ubuntu, "Noto Sans", "Liberation Sans", system-ui, Arial, sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, ui-monospace, "SF Mono", Menlo, "Noto Sans Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: compact,
    TextInput: compact,
    NumberInput: compact,
    NativeSelect: compact,
    PasswordInput: compact,
    Textarea: compact,
    Checkbox: compact,
    Switch: compact,
    SegmentedControl: compact,
    // axe requires menus to be inside the page's landmarks, with no focusable placeholder among the items.
    Menu: {
      defaultProps: { shadow: 'md', width: 210, transitionProps: { duration: 0 }, withinPortal: false, withInitialFocusPlaceholder: false },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': shellText.closeMessage } } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 0 },
        closeButtonProps: { 'aria-label': shellText.close },
        portalProps: { target: '#dialogs' },
      },
    },
  },
})

/** Replaces Mantine's greys with ones that have enough contrast on every surface (WCAG AA). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b262c',
    '--mantine-color-dimmed': '#55626a',
    '--mantine-color-placeholder': '#66737b',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#88959d',
  },
  dark: {
    '--mantine-color-body': '#1c242a',
    '--mantine-color-text': '#dfe6ea',
    '--mantine-color-dimmed': '#a5b2ba',
    '--mantine-color-placeholder': '#96a4ad',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-default-border': '#64737d',
  },
})
