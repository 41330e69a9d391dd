import { z } from 'zod'

/** What a member of staff comes for (product.md, People); anyone without a role is a leader. */
export const Role = z.enum(['community', 'street', 'incubator', 'district', 'operator'])
export type Role = z.infer<typeof Role>

/** How the directory file names a role in Chinese. */
export const roleInWords: Record<Role, string> = {
  community: '社区工作者',
  street: '街道经办',
  incubator: '孵化机构',
  district: '区民政局',
  operator: '运维',
}

const otherWords: Record<string, Role> = {
  社区: 'community',
  村: 'community',
  居委会: 'community',
  村委会: 'community',
  村工作者: 'community',
  街道: 'street',
  镇: 'street',
  街道办: 'street',
  镇政府: 'street',
  镇经办: 'street',
  社工站: 'incubator',
  孵化基地: 'incubator',
  民政局: 'district',
  运维人员: 'operator',
}

const words = new Map<string, Role>([
  ...Role.options.map((role): [string, Role] => [role, role]),
  ...Role.options.map((role): [string, Role] => [roleInWords[role], role]),
  ...Object.entries(otherWords),
])

/** The role a word of a directory file means, if any. */
export const roleFromWords = (said: string): Role | undefined =>
  words.get(said.replace(/[\s（(].*$/u, '').toLowerCase())
