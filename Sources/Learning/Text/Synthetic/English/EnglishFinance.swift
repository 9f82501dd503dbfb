extension TopicLexicon {
  static let englishFinance = TopicLexicon(
    "finance", .english,
    kinds: """
      security: government bond, preferred share, treasury bill, warrant, debenture, stock option, \
      futures contract, index fund, municipal bond, convertible note, depositary receipt, penny stock, \
      blue chip, hedge fund, pension fund, zero-coupon bond, savings bond, commodity fund
      loan: mortgage, overdraft, credit line, student loan, bridge loan, installment plan, car loan, \
      payday loan, refinancing, microloan, lease, subprime loan, credit card balance, collateral, \
      loan guarantee, repayment holiday, home equity loan, margin account
      charge: tariff, excise duty, sales tax, brokerage fee, late fee, surcharge, payroll tax, levy, \
      stamp duty, capital gains tax, tax credit, rebate, withholding tax, property tax, import duty, \
      commission, premium, deductible
      figure: interest rate, exchange rate, dividend, quarterly profit, operating margin, cash flow, \
      budget deficit, trade surplus, credit rating, price index, yield curve, net loss, gross income, \
      break-even point, market value, inflation forecast, balance sheet, turnover
      profession: banker, broker, auditor, accountant, economist, underwriter, actuary, trader, \
      tax adviser, fund manager, bookkeeper, treasurer, loan officer, investor, shareholder, \
      creditor, bank teller, financial analyst
      transaction: merger, takeover bid, buyback, public offering, wire transfer, down payment, \
      stock split, bankruptcy, bailout, asset sale, currency swap, short sale, liquidation, \
      audit, rights issue, payroll run, cash deposit, debt restructuring
      """,
    deeds: """
      raise: the interest rate, fresh capital, the annual dividend
      cut/cut/cutting: the base rate, operating costs, the profit forecast
      audit: the quarterly accounts, three subsidiaries, the pension scheme
      acquire: a rival brokerage, a minority stake, the insurance arm
      invest: the reserves in bonds, two billion in infrastructure, the premiums abroad
      borrow: against the property, ten million overnight, from the pension pool
      repay/repaid/repaying: the bridge loan, its creditors, the mortgage ahead of time
      sell/sold/selling: the bond portfolio, its retail banks, a block of shares
      report: a net loss, record quarterly profits, a weaker operating margin
      insure: the cargo, the savings accounts, small exporters
      devalue: the currency, the frozen assets, the inventory
      underwrite/underwrote/underwriting: the share offering, the municipal bonds, a risky merger
      float: the company on the exchange, a new currency, the retail division
      approve: the takeover bid, a tax rebate, the annual budget
      hedge: its currency risk, the wheat contracts, the whole portfolio
      """,
    roles: """
      chief economist, fund manager, central banker, auditor, stockbroker, finance minister, \
      tax adviser, treasurer, insurance underwriter, market analyst, accountant, venture investor
      """,
    houses: """
      Savings Bank, Capital, Holdings, Mutual Insurance, Trust Company, Securities, Credit Union, \
      Asset Management, Brokerage, Exchange
      """,
    venues: """
      the stock exchange, the trading floor, the head office of the bank, the auction room, \
      the treasury building, the shareholders' hall, the branch office, the clearing house
      """,
    events: """
      the earnings season, the annual budget, the shareholders' meeting, the public offering, \
      the rate decision, the tax reform, the debt auction, the quarterly review
      """,
    qualities: """
      profitable, overvalued, insolvent, fiscal, taxable, liquid, leveraged, underfunded, \
      creditworthy, speculative, solvent, deflationary, tax-free, interest-bearing
      """,
    effects: """
      shares fell sharply, bond yields climbed, investors took their profits, the currency weakened, \
      lenders tightened their terms, the index closed higher, analysts trimmed their estimates, \
      borrowing became dearer, the markets shrugged it off, small savers withdrew their deposits
      """,
    units: """
      million dollars, basis points, shares, billion in assets, accounts, percentage points, \
      creditors, branches
      """)
}
