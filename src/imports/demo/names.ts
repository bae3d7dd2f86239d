/** Made-up people: given and family names are drawn apart. Cultures of different tenants do not overlap, so a name tells whose data it is. */
export interface Culture {
  given: readonly string[];
  family: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const german: Culture = {
  given: words(
    'Anneliese Jürgen Käthe Günther Lena Björn Sabine Torben Ulrike Heiko Mareike Jörg Frauke Detlef Wiebke Ansgar Friederike Eckhard',
  ),
  family: words(
    'Müllenbach Großkopf Schäferling Königsfeld Weißhaupt Brückmann Löwenich Vogtländer Hübschmann Kieselbach Ostermühl Tannhof Rößler-Beck Dünnebier',
  ),
};
const french: Culture = {
  given: words('Amélie Théo Zoé Gaël Héloïse Jérôme Noémie Benoît Clémence Loïc Margaux Rémi Océane Maëlle Jean-Luc Anaïs'),
  family: words(
    "Beauséjour Lefèbvrier Châtelain Desrochettes Garçonnet Hérault Vallière Montbrun Pérignac D'Aubray Renaudière Thévenin Saint-Clair Fontanel",
  ),
};
const iberian: Culture = {
  given: words('Íñigo Begoña João Inês Álvaro Lucía Tomás Conceição Sofía Nuno Úrsula Rúben Ximena Martín Vitória Andrés'),
  family: words(
    'Ibáñez-Coll Peñalosa Magalhãesa Núñez-Vidal Araújo-Lima Carvalhais Zúñigar Brandãos Echevarrena Montalvão Quiñonero Sepúlvedas Gonçalinho',
  ),
};
const polish: Culture = {
  given: words('Łukasz Małgorzata Wojciech Agnieszka Paweł Zofia Michał Żaneta Stanisław Bożena Grzegorz Jagoda'),
  family: words('Wiśniewka Dąbrowik Łęcki Zielonka Szczepanek Gołębiak Jaworowicz Kędziora Świątkowiak Brzezicki'),
};
const english: Culture = {
  given: words('Harriet Miles Imogen Rowan Tabitha Edmund Poppy Alistair Beatrix Callum Daphne Everett Marlow Nell Quentin Saffron'),
  family: words(
    "Ashdown-Pike Thornbury Wexcombe Hollingsby O'Farrow Penhallow Cresswick Drayford Marchbanks Stapleford Underhay Winterbourne Fairbrother Lockridge",
  ),
};
const nordic: Culture = {
  given: words('Åsa Øyvind Sølvi Mårten Ragnhild Jökull Päivi Eerik Ásdís Torbjørn Linnéa Väinö Kjersti Håkon'),
  family: words('Sjöqvistad Ødegårdsen Lindkærsen Hämälinen Þorvaldson Nygårdstad Bäckenlund Rørvikson Kivimäentie Ålesundal'),
};
const central: Culture = {
  given: words('Zsófia Ondřej Bálint Božena Gergő Kateřina Márton Ludmila Tünde Václav Réka Jiřina'),
  family: words('Dvořákovský Szentesi-Nagy Hrušková Kőszegi Novotníček Fülöpné Křížkovský Vörösházi Procházec Záhoran'),
};
const japanese: Culture = {
  given: words('Haruto Ayaka Souta Misaki Renji Chiyo Kaito Yuzuki Daigo Nanami'),
  family: words('Morikubo Takahaze Inoshiro Fujibana Kitazumi Ogurahara Shirakane Minetsugu Hoshizaki Yanagiba'),
};
const indian: Culture = {
  given: words('Aarohi Devansh Ishita Kabir Meenal Nikhil Pranav Ritika Sanjana Tejas Vaishnavi Yashwant'),
  family: words('Deshmukhya Kulkarnath Venkatapura Chatterlal Iyengarath Bhandarwal Mukhopadhan Raghunair Sabharwalla Thirumal'),
};
const dutch: Culture = {
  given: words('Maaike Joost Fenna Wouter Liesbeth Teun Anouk Sjoerd Noor Gijs'),
  family: words('Molenbroek Hoogesteijn Zandvlieter Kruidenberg Wijnhoven Duinkerk Vijverzicht Lamoraal'),
};
const italian: Culture = {
  given: words('Niccolò Ginevra Tommaso Ludovica Raffaele Chiara Ettore Benedetta Nicolò Allegra'),
  family: words("Montefalco Serravalle Cantarù D'Ambrosini Portoverde Bellacorte Rinaldesi Fossombra"),
};

export const CULTURES = {
  west: [german, french, iberian, polish, english],
  north: [nordic, central, japanese, indian],
  south: [dutch, italian],
} as const;
