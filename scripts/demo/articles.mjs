// The articles of the demonstration: Altura, an imaginary company that rents and sells coffee machines to offices,
// hotels and cafés. `key` names an article within the demonstration only.

export const articles = [
  {
    key: 'five-year-cost',
    title: 'What an office coffee machine really costs over five years',
    topic: 'Buying',
    author: 'Ines Okafor',
    body: `The price on the quotation is the smallest part. Over five years an office of sixty people spends three times as much on beans, milk, filters and service as on the machine itself.

We took the books of forty customers and split every euro. Beans come first, with a little more than half. Service and parts follow with a fifth, milk with a tenth, and the machine with the rest. Two things move the sum more than any discount: how many cups a day the machine was built for, and who descales it.

A machine that runs at twice its rated cups needs its first large repair in the second year instead of the fourth. A machine that nobody descales needs it in the first.

So ask for three figures before you sign: the price of a cup all included, the price of a call-out, and the number of cups after which parts are changed as a matter of course. With these three on paper every offer can be compared, ours included.`,
  },
  {
    key: 'lease-or-buy',
    title: 'Leasing or buying: the questions your accountant will ask',
    topic: 'Buying',
    author: 'Tom Hale',
    body: `A leased machine is a monthly cost. A bought one is an asset that loses value over five to seven years. Which is better depends on your books, not on coffee.

Your accountant will want to know four things. How long is the contract, and what does it cost to leave early? Who owns the machine at the end? Is service part of the rate, and is it taxed with it? What happens when the office doubles or halves?

Leasing wins when you expect to move or grow, because the machine can be changed. Buying wins when the place is settled and somebody in the house looks after it. In between lies rental with an option to buy, where the first twelve rates count towards the price.

Bring last year's number of cups to the talk. It decides more than the rate of interest.`,
  },
  {
    key: 'how-many-machines',
    title: 'How many machines does a floor of eighty people need?',
    topic: 'Planning',
    author: 'Marta Bruni',
    body: `Count the rush, not the day. Eighty people drink about two hundred cups, and seventy of them fall between nine and half past nine.

A good automatic machine makes a cup in thirty-five seconds, milk drinks in fifty. One machine therefore serves about forty people in the rush before a queue forms that is longer than people are ready to wait, which is four minutes.

For eighty people that means two machines, and better two middle ones in two corners than one large one in the middle: queues halve, and when one is being cleaned the other works. Put water and waste where both can reach them.

If you cannot place two, a machine with two outlets and a separate one for hot water takes a third off the queue.`,
  },
  {
    key: 'supplier-questions',
    title: 'Five questions to ask any coffee supplier',
    topic: 'Buying',
    author: 'Ines Okafor',
    body: `First: when was this roasted? A date is an answer, "fresh" is not. Beans are at their best between the second and the eighth week.

Second: who comes when the machine stands still, and how soon? Ask for the share of calls that were solved within one working day last year.

Third: what did the farmer get? A supplier who knows the price at the farm knows the farm.

Fourth: may we leave? A contract of three years with a notice of three months is common; one that renews itself for two years is not friendly.

Fifth: can we taste it here, in our own water, with our own cups? Coffee that shines in a showroom may be dull in a hard-water town. Any supplier worth the name brings a machine for two weeks.`,
  },
  {
    key: 'beans-or-capsules',
    title: 'Bean to cup or capsules: an honest comparison',
    topic: 'Comparing',
    author: 'Tom Hale',
    body: `We sell both, so we may say it plainly. Capsules are clean, quick and dear: thirty to forty cents a cup for the coffee alone. Beans cost ten to fifteen cents and need somebody who empties a drawer.

Below twenty-five cups a day capsules are often the better choice, because the beans in the hopper would grow old. Above sixty cups beans win by every measure but one: there is a grinder, and it can be heard.

In between, taste decides. Let people compare both blind, with and without milk. In our tests two of three chose beans when they drank black, and one of two when they took milk.

Waste is the last point. An office of eighty makes about half a tonne of capsule waste in a year; grounds are compost.`,
  },
  {
    key: 'water-hardness',
    title: 'Water hardness, the quiet enemy of espresso machines',
    topic: 'Care',
    author: 'Marta Bruni',
    body: `Nine of ten repairs of the heating system have one cause: lime. It settles where water is hottest and grows until the flow stops.

The hardness of your town's water is on its web site. Up to eight degrees you need no filter, from nine to fourteen a small one, and above that one that is changed by litres and not by months.

Do not take all minerals out. Coffee needs some of them to taste of anything, and water without any eats copper.

A test strip costs a few cents. Dip one under the outlet of the machine twice a year; when it shows what the tap shows, the filter is used up, whatever the calendar says.`,
  },
  {
    key: 'oat-milk',
    title: 'Oat milk in automatic machines: what works and what clogs',
    topic: 'Care',
    author: 'Ines Okafor',
    body: `Every third milk drink in our customers' offices is made with oat milk now. Machines built for cow's milk can do it, if two things are right.

The milk must be a barista kind, with a little oil; others do not foam. And the milk line must be rinsed after every drink and cleaned every evening, because oat starch sets like glue.

Machines with two milk lines are worth their price where both are drunk: nothing is mixed, and people with allergies can trust the button.

Clogged lines announce themselves: foam gets coarse a day before it stops. Clean then, with the enzyme cleaner and not the alkaline one.`,
  },
  {
    key: 'coffee-corner',
    title: 'Coffee corners that people really use',
    topic: 'Planning',
    author: 'Tom Hale',
    body: `A good corner is on the way to somewhere. Machines in a dead end are used half as often as those beside the stairs.

People stay three minutes when there is something to lean on, and eight when there is something to sit on. Both are fine; decide which you want. A high table for four does more for a company than a sofa for two.

Light matters more than furniture, and noise more than light. A grinder beside a desk makes enemies, so keep four metres or a wall between.

Last, a place for cups that are used. Where there is none they wander, and after a month someone writes a notice.`,
  },
  {
    key: 'buying-beans',
    title: 'From harvest to cup: how we buy our beans',
    topic: 'Company',
    author: 'Marta Bruni',
    body: `We buy from eleven farms and two cooperatives, most of them for more than ten years. Twice a year somebody of us goes there, tastes, and settles quantity and price before the harvest.

The price is fixed above what the exchange pays, and in bad years it does not fall below what it costs to grow. In good years both sides gain.

Green coffee travels eight weeks by ship and rests two more in our store. Then it is roasted in drums of thirty kilos, slowly, so that the outside does not run ahead of the inside.

Each bag carries the name of the farm. If you want to know more about one, write to us; quite often we have a photograph of the people who picked it.`,
  },
  {
    key: 'roastery-day',
    title: 'A day in our roastery',
    topic: 'Company',
    author: 'Ines Okafor',
    body: `At six the drum is warm. Anna puts in the first thirty kilos, and for twelve minutes she listens: the beans crack once, and then she counts.

At eight the first tasting. Six cups, six spoons, no talk. Each writes down what is there and what is missing. When two of three say the same, the roast is changed; yesterday's bags stay where they are until then.

At noon we pack. At two the vans leave. In the afternoon the machines that came back are opened, cleaned and given new seals.

You are welcome to come and see it, on any Thursday. Wear shoes that may get dusty.`,
  },
  {
    key: 'descaling',
    title: 'How to descale the Altura A3 in nine minutes',
    topic: 'Support',
    author: 'Tom Hale',
    body: `The A3 asks for descaling after two hundred litres. You need one bottle of descaler, a jug of two litres and nine minutes.

Open the service menu with the key, choose "Descale" and follow the lights. When the machine asks for it, fill the tank to the mark with descaler and fresh water. Put the jug under the outlet. Do not interrupt it: the machine counts, and begins again when it loses count.

After six minutes it asks for fresh water. Rinse twice. Then make one cup of hot water and throw it away.

If the light stays red, look at the tank: nine times of ten it is not pushed in to the end. The tenth time call us; the number is inside the door.`,
  },
  {
    key: 'autumn-models',
    title: 'New this week: the A5, with two grinders and a quieter pump',
    topic: 'News',
    author: 'Marta Bruni',
    body: `The A5 takes the place of the A4. It has two grinders, so that a second coffee, or one without caffeine, is always at hand. Its pump is three decibels quieter, which the ear takes for half.

The milk line is the one of the A3: it can be taken out without tools. The screen is larger and its letters are too.

Those who rent an A4 may change at no cost when their contract is renewed. Deliveries begin next month; the first forty are promised already.`,
  },
];
