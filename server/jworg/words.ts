import type { SampleLanguage } from './languages.ts'

// All titles are the project's own.
const spanish: Readonly<Record<string, string>> = {
  'A Sample Song': 'Una canción de muestra',
  'Another Sample Song': 'Otra canción de muestra',
  'A Song for the Road': 'Una canción para el camino',
  'A Song of Thanks': 'Una canción de gratitud',
  'A Song at Dawn': 'Una canción al amanecer',
  'A Song by the River': 'Una canción junto al río',
  'A Song of the Hills': 'Una canción de las colinas',
  'A Wide Valley': 'Un valle ancho',
  'The Long Journey': 'El largo viaje',
  'Starting a Conversation': 'Empezar una conversación',
  'A Letter Across the Sea': 'Una carta a través del mar',
  Wheat: 'Trigo',
  'Fields of Wheat Before the Harvest': 'Campos de trigo antes de la cosecha',
  'The Lighthouse': 'El faro',
  'The Harbour': 'El puerto',
  'A Footpath': 'Un sendero',
  'Greetings From Afar': 'Saludos desde lejos',
  'Evening Over the Hills': 'Atardecer sobre las colinas',
  'Reading Aloud': 'Leer en voz alta',
  'A Kind Question': 'Una pregunta amable',
  'A Good Start': 'Un buen comienzo',
  'On the Road': 'En camino',
  'Our Meeting Workbook': 'Nuestra guía de reuniones',
  'Our Study Edition': 'Nuestra edición de estudio',
  'Where to Look': 'Dónde buscar',
}

/** A title in a language; a sign language borrows the English words. */
export function titleIn(language: SampleLanguage, title: string): string {
  return language === 'S' ? (spanish[title] ?? title) : title
}
