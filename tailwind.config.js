// The design's tokens, in one place. Each colour is [light, dark]; both come to
// the page under the same name, so no rule ever asks which one is on.
const plugin = require('tailwindcss/plugin')

const colours = {
  paper: ['#FBFAF7', '#101418'],
  sheet: ['#FFFFFF', '#171C21'],
  ink: ['#14202B', '#EEF2F5'],
  'ink-soft': ['#4A5763', '#A9B4BE'],
  rule: ['#D9DDE1', '#2C343C'],
  edge: ['#6B7783', '#7C8894'],
  brand: ['#0B4F6C', '#6FC3E4'],
  'on-brand': ['#FFFFFF', '#101418'],
  signal: ['#C2410C', '#FF9B66'],
  done: ['#1B6E3C', '#6DD39A'],
  stop: ['#A4161A', '#FF8B8B'],
}
const [light, dark] = [0, 1].map((i) =>
  Object.fromEntries(Object.entries(colours).map(([name, pair]) => ['--' + name, pair[i]])))

const latin = ['ui-sans-serif', '-apple-system', '"Segoe UI"', 'Roboto', '"Helvetica Neue"', '"Noto Sans"']
const families = {
  'zh-Hans': ['"PingFang SC"', '"Microsoft YaHei"', '"Noto Sans CJK SC"', '"Noto Sans SC"'],
  'zh-Hant': ['"PingFang TC"', '"Microsoft JhengHei"', '"Noto Sans CJK TC"', '"Noto Sans TC"'],
  ko: ['"Apple SD Gothic Neo"', '"Malgun Gothic"', '"Noto Sans CJK KR"', '"Noto Sans KR"'],
}
const stack = (own) => [...latin, ...own, 'Arial', 'sans-serif'].join(',')

/** @type {import('tailwindcss').Config} */
module.exports = {
  content: ['./templates/**/*.templ', './templates/components/*.go', '!./templates/**/*_test.go'],
  darkMode: 'media',
  theme: {
    colors: Object.fromEntries(Object.keys(colours).map((name) => [name, `var(--${name})`])),
    spacing: { 0: '0', px: '1px', 1: '4px', 2: '8px', 3: '12px', 4: '16px', 6: '24px', 10: '40px' },
    fontSize: { xs: '.7647rem', sm: '.8824rem', base: '1rem', lg: '1.2rem', xl: '1.5rem', '2xl': '2rem' },
    fontFamily: { mono: ['ui-monospace', '"SF Mono"', 'Menlo', 'Consolas', '"Noto Sans Mono"', 'monospace'] },
    borderRadius: { none: '0', DEFAULT: '6px' },
    screens: { sm: '640px', lg: '1024px' },
  },
  // What sets variables on every element and is not used costs each visitor.
  corePlugins: Object.fromEntries([
    'backdropBlur', 'backdropFilter', 'blur', 'borderSpacing', 'boxShadow', 'contain', 'filter', 'fontVariantNumeric',
    'gradientColorStops', 'ringWidth', 'scrollSnapType', 'touchAction', 'transform', 'translate', 'rotate', 'scale', 'skew',
    'boxShadowColor', 'brightness', 'contrast', 'dropShadow', 'grayscale', 'hueRotate', 'invert', 'saturate', 'sepia',
    'backdropBrightness', 'backdropContrast', 'backdropGrayscale', 'backdropHueRotate', 'backdropInvert', 'backdropOpacity',
    'backdropSaturate', 'backdropSepia', 'ringColor', 'ringOffsetColor', 'ringOffsetWidth', 'ringOpacity',
  ].map((name) => [name, false])),
  plugins: [
    plugin(({ addBase }) => addBase({
      ':root': light,
      '@media screen and (prefers-color-scheme: dark)': { ':root': dark },
      body: { fontFamily: stack(['"Noto Sans CJK KR"']) },
      ...Object.fromEntries(Object.entries(families).map(([lang, own]) => [`:lang(${lang})`, { fontFamily: stack(own) }])),
    })),
  ],
}
