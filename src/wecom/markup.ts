/** Plain text as each channel shows it: what people typed never becomes a link or vanishes as a mark-up. */

/**
 * Signs that mean something wherever they stand in the Markdown of the robot. They are shown full-width: no page of
 * WeCom says that its Markdown knows a backslash as an escape.
 */
const ANYWHERE = /[\\`*_[\]<~|]/g

/** Signs that make a heading, a quote, a list or a rule of their line. */
const AT_START = /^(\s*)([#>+=-])/

const wide = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)

/**
 * Plain text for the robot, whose texts are Markdown. Numbered lines stay as they are: they read the same.
 * @param isLink whether a line is a link of our own, which stays one
 */
export const robotText = (text: string, isLink: (line: string) => boolean = () => false): string =>
  text
    .split('\n')
    .map((line) =>
      isLink(line)
        ? line
        : line
            .replace(ANYWHERE, wide)
            .replace(AT_START, (_, space: string, sign: string) => space + wide(sign)),
    )
    .join('\n')

/** Whether a line is a link to one of our files, as `linkLine` writes it. */
export const isFileLink = (publicUrl: string) => {
  const start = `](${publicUrl}/files/`
  return (line: string): boolean =>
    /^\[[^[\]]*\]\([^\s()]*\)$/.test(line) &&
    line.includes(start) &&
    line.indexOf('](') === line.indexOf(start)
}

/** Plain text for the app, whose texts know one tag: `<a>`. */
export const appText = (text: string): string => text.replace(/<(?=\s*\/?\s*a\b)/gi, '＜')
