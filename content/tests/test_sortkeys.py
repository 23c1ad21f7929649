from content.sortkeys import initial, sort_key


def test_alphabetical_order_of_the_region():
    names = ["Яровое", "Ёлабуга", "Елабуга", "Ереван", "Қарағанды", "Караганда", "Ош",
             "Өскемен", "Лениногорск", "Ургенч", "Үштөбе", "Фергана"]  # fmt: skip

    assert sorted(names, key=sort_key) == [
        "Елабуга", "Ёлабуга", "Ереван", "Караганда", "Қарағанды", "Лениногорск", "Ош", "Өскемен",
        "Ургенч", "Үштөбе", "Фергана", "Яровое",
    ]  # fmt: skip


def test_latin_letters_stand_after_their_neighbours():
    names = ["Shymkent", "Şəki", "Sumgait", "Gəncə", "Gomel", "Zelenodolsk"]
    assert sorted(names, key=sort_key) == [
        "Gəncə", "Gomel", "Shymkent", "Sumgait", "Şəki", "Zelenodolsk",
    ]  # fmt: skip


def test_initial_puts_yo_under_ye():
    assert [initial("Ёлабуга"), initial(" kazan"), initial("")] == ["Е", "K", ""]
