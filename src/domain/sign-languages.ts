// JW.org's codes of sign languages.
const codes = new Set(
  (
    'ALS ARS ASL AUS BIM BLS BRS BSL BUS BVL CBL CBS CGS CML CRS CSE CSL DGS DSL ERS ESL FID FJS FSL GGS GHS GSL HDF HSL ' +
    'HZJ INI INS ISG ISL JML JSL KSI KSL LAS LBS LGP LMG LSA LSB LSC LSE LSF LSG LSI LSL LSM LSN LSP LSQ LSS LSU LSV LTS ' +
    'MLS MNS MSL MSR MTS NDF NGT NNS NSL NZS OGS PDF PSL QSL RSL RWS SAS SBF SBS SCH SCR SEC SGL SGS SHO SIL SLM SLN SLS ' +
    'SLV SMS SPE SSL SSU STD SWS SZJ TKL TSL TTM TTS TZL USL VGT VSL WSL ZAS ZSL'
  ).split(' '),
)

/** True for the code of a language that is signed: its songs and films are others than those of spoken ones. */
export function isSignLanguage(code: string | undefined): boolean {
  return code !== undefined && codes.has(code)
}
