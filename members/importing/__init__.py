"""The import of members from a spreadsheet, in three steps that never mix.

`reading` turns a file into rows of raw cells, `judging` compares them with what the portal keeps
and says of every row whether it is the same, changed, new or wrong, `applying` writes the good
ones. Nothing is written before a person has seen the judgement: `staging` keeps it meanwhile.

    sheet = reading.read(data, "cities.csv")
    plan = judging.judge(sheet, judging.Options(population_year=2025))
    applying.apply(plan)
"""
