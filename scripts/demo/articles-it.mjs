// The articles that the demonstration also has in Italian, by the key of the English one.

export const italian = {
  'five-year-cost': {
    title: 'Quanto costa davvero una macchina da caffè in ufficio in cinque anni',
    topic: 'Acquisto',
    body: `Il prezzo sul preventivo è la parte più piccola. In cinque anni un ufficio di sessanta persone spende per caffè, latte, filtri e assistenza tre volte il prezzo della macchina.

Abbiamo preso i conti di quaranta clienti e diviso ogni euro. Il caffè pesa un po' più della metà, assistenza e ricambi un quinto, il latte un decimo, la macchina il resto. Due cose contano più di ogni sconto: per quante tazze al giorno è costruita la macchina, e chi la decalcifica.

Chiedete dunque tre cifre prima di firmare: il prezzo di una tazza tutto compreso, il prezzo di un intervento, e dopo quante tazze si cambiano i pezzi. Con queste tre cifre ogni offerta si può confrontare, anche la nostra.`,
  },
  'lease-or-buy': {
    title: 'Leasing o acquisto: che cosa chiederà il commercialista',
    topic: 'Acquisto',
    body: `Una macchina in leasing è una spesa mensile. Una comprata è un bene che perde valore in cinque o sette anni. Quale convenga dipende dai conti, non dal caffè.

Il commercialista vorrà sapere quattro cose. Quanto dura il contratto e quanto costa uscirne prima? Di chi è la macchina alla fine? L'assistenza è nella rata? Che cosa succede se l'ufficio raddoppia o si dimezza?

Portate all'incontro il numero di tazze dell'anno passato: conta più del tasso di interesse.`,
  },
  'water-hardness': {
    title: 'La durezza dell’acqua, nemica silenziosa delle macchine espresso',
    topic: 'Cura',
    body: `Nove riparazioni su dieci del riscaldamento hanno una sola causa: il calcare. Si deposita dove l'acqua è più calda e cresce finché il flusso si ferma.

La durezza dell'acqua si trova sul sito del comune. Fino a otto gradi non serve un filtro, da nove a quattordici ne basta uno piccolo, oltre ne serve uno che si cambia a litri e non a mesi.

Non togliete tutti i minerali: il caffè ne ha bisogno per avere sapore.`,
  },
  'buying-beans': {
    title: 'Dal raccolto alla tazza: come compriamo il nostro caffè',
    topic: 'Azienda',
    body: `Compriamo da undici aziende agricole e due cooperative, quasi tutte da più di dieci anni. Due volte l'anno qualcuno di noi va là, assaggia, e fissa quantità e prezzo prima del raccolto.

Il prezzo sta sopra quello di borsa, e negli anni cattivi non scende sotto il costo di produzione.

Ogni sacchetto porta il nome dell'azienda. Se volete saperne di più, scriveteci.`,
  },
};
