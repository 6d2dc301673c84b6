import fc from 'fast-check'

/** What a name may be made of at worst: everything that some system refuses, in any mixture. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'É',
        'e\u0301',
        '.',
        '. ',
        ' ',
        '~',
        '-',
        ' - ',
        ':',
        '/',
        '\\',
        '|',
        '"',
        '<',
        '\u0338',
        '*',
        '%',
        'con',
        'NUL',
        'com1',
        'COM¹',
        'clock$',
        'desktop',
        '.ini',
        'thumbs',
        '.db',
        '.lnk',
        '.URL',
        '.scf',
        '.local',
        '.{21EC2020}',
        '{',
        '.mp4',
        '.JPG',
        '.ß',
        'İ',
        '\u0130',
        'ﬃ',
        '漢',
        '😀',
        '\u200d',
        '\u200c',
        '\ufe0f',
        '\u202e',
        '\u2028',
        '\u00a0',
        '\u3000',
        '\ufeff',
        '\u0000',
        '\u0085',
        '\t',
        '\n',
        '\ud83d',
        '\ude00',
        '\uffff',
        '\ufdd0',
        'x'.repeat(60),
        'Ж'.repeat(40),
        '漢'.repeat(30),
        '.'.repeat(20),
        '\u00ad',
        '\u0600',
        '\u{e0067}',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

export const bytesOf = (name: string) => new TextEncoder().encode(name).length

const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i

/** Why a system would refuse a name; Chromium's part was found by writing such files into a real folder. */
export function refusals(name: string): string[] {
  const reasons: readonly (readonly [string, boolean])[] = [
    ['empty', name === ''],
    ['too many bytes', bytesOf(name) > 200],
    ['too many characters', name.length > 120],
    ['characters of Windows', /[<>:"/\\|?*]/.test(name)],
    ['control or format characters', /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)],
    ['half characters and noncharacters', /[\p{Cs}\p{Noncharacter_Code_Point}]/u.test(name)],
    ['decoded twice', /[#%]/.test(name)],
    ['start', /^[\s.~]/u.test(name)],
    ['end', /[\s.~]$/u.test(name)],
    ['devices', devices.test(name)],
    ['system files', /^(?:desktop\.ini|thumbs\.db)$/i.test(name)],
    ['shortcuts', /\.(?:lnk|url|scf|local|\{[^.]*)$/i.test(name)],
    ['not composed', name !== name.normalize('NFC')],
  ]
  return reasons.filter(([, isTrue]) => isTrue).map(([reason]) => reason)
}
