/** Something wrong in a template pack, in words for the clerk who edits it. */
export type Problem = {
  /** Path inside the pack. */
  file: string
  /** Where in the file: a field, a cell, a tag. */
  place: string
  text: string
}

export const problemLine = ({ file, place, text }: Problem): string => `${file} ${place}：${text}`
