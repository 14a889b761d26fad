// The white papers of the demonstration. `sections` become the pages of the PDF.

export const whitePapers = [
  {
    key: 'total-cost-study',
    title: 'Forty offices measured: the total cost of coffee',
    topic: 'Buying',
    author: 'Tom Hale',
    summary:
      'What forty offices spent on coffee in three years, euro by euro, and what the cheapest five did.',
    sections: [
      [
        'What we measured',
        'Forty offices between twenty and four hundred people let us read their invoices for three years: machines, beans, milk, cups, filters, service and the hours of those who look after it all.',
      ],
      [
        'What we found',
        'A cup cost between nineteen and fifty-four cents. Size explains little of the difference. Half of it is explained by how well the machine fits the rush, a quarter by who descales it, and the rest by what is in the cup.',
      ],
      [
        'What the cheapest five did',
        'They had two middle machines instead of one large one, a filter changed by litres, one person in charge, and a contract with a price for the cup instead of the machine.',
      ],
    ],
  },
  {
    key: 'hotel-breakfast',
    title: 'Hotel breakfast without queues: a planning guide',
    topic: 'Planning',
    author: 'Marta Bruni',
    summary: 'How many machines a breakfast room needs, where they go, and how staff work around them.',
    sections: [
      [
        'The rush',
        'Two thirds of all guests come within fifty minutes. Count the rooms that were sold, multiply by one point seven, and take a third of it: that many cups fall into the busiest quarter of an hour.',
      ],
      [
        'The room',
        'Guests turn right. Put the machine where they come to it after the plates and before the bread, with a metre and a half free in front of it.',
      ],
      [
        'The people',
        'One person can look after two machines and the juice. A third machine needs a second person, or it will stand still when it is wanted most.',
      ],
    ],
  },
  {
    key: 'water-handbook',
    title: 'The water handbook for espresso machines',
    topic: 'Care',
    author: 'Ines Okafor',
    summary: 'Hardness, filters, tests and tables for sixty towns.',
    sections: [
      [
        'Hardness',
        'What it is, how it is measured, and what the same figure means in degrees and in millimoles.',
      ],
      [
        'Filters',
        'Ion exchange, reverse osmosis, blending valves: what each takes out, what it costs for a thousand litres, and when it must be changed.',
      ],
      [
        'Tests',
        'Three tests that anyone can make in five minutes, and one that should be left to a laboratory.',
      ],
    ],
  },
  {
    key: 'service-contract',
    title: 'The service contract, clause by clause',
    topic: 'Buying',
    author: 'Tom Hale',
    summary: 'Which clauses matter, which can be crossed out, and a checklist to take to the talk.',
    sections: [
      [
        'Times',
        'What "within one working day" means, from when it is counted, and what happens when it is missed.',
      ],
      ['Parts', 'Which parts wear, which break, and who pays for each of them in the third year.'],
      ['Leaving', 'Notice, renewal, return of the machine, and the state it must be in.'],
    ],
  },
  {
    key: 'sustainability',
    title: 'Where our coffee comes from: the report for this year',
    topic: 'Company',
    author: 'Marta Bruni',
    summary: 'Farms, prices, transport and packaging, with the figures that are not yet good.',
    sections: [
      [
        'Farms and prices',
        'What we paid each farm, what the exchange paid on the same day, and what it costs to grow a kilo there.',
      ],
      ['Transport', 'Eight weeks by ship, a day by rail, two hours by van: tonnes and kilometres for each.'],
      ['Packaging', 'What became lighter, what can be recycled, and the valve that still cannot.'],
    ],
  },
  {
    key: 'hospital-hygiene',
    title: 'Coffee in hospitals: a hygiene guide',
    topic: 'Planning',
    author: 'Ines Okafor',
    summary: 'Cleaning plans, materials and tests for machines in places where hygiene comes first.',
    sections: [
      ['Materials', 'Which parts touch water, milk and hands, and what each can be cleaned with.'],
      ['Plans', 'A plan for each shift, each day and each week, to hang on the wall.'],
      ['Tests', 'Where to take a swab, what the laboratory answers, and what to do then.'],
    ],
  },
];
