"""The commonest words of news, in the languages of the bundled packages and of the target."""

from __future__ import annotations

from normalize.glossary.tokens import folded

__all__ = ["is_stop_word"]

_WORDS = {
    "id": "ada adalah agar akan antara apa atas atau bagi bahwa banyak belum beberapa bisa bukan dalam dan dapat dari "
    "dengan di dia hanya hari harus hingga ia ingin ini itu jadi jika juga kami karena kata ke kepada ketika kini kita "
    "lagi lain lalu lebih masih maka mana masa menjadi menurut mereka namun oleh orang pada para pernah pula saat saja "
    "sama sampai sangat saya sebagai sebelum sebuah secara sedang sehingga sejak sejumlah selain selama semua "
    "seorang seperti serta sesuai setelah setiap suatu sudah tahun tanpa telah tentang terhadap tersebut tetapi tidak "
    "untuk ujar yaitu yakni yang",
    "fr": "à afin ainsi alors après au aucun aussi autre autres aux avait avant avec avoir car ce cela celle celui ces "
    "cet cette ceux chaque chez comme dans de depuis des deux donc dont du elle elles en encore entre est et été être "
    "eux fait faire font il ils je la le les leur leurs lors lui mais même moins ne ni nos notre nous on ont ou où par "
    "pas peu peut plus plusieurs pour quand que quel qui sa sans se selon ses si son sont sous sur tandis tous tout "
    "toute toutes très trop un une vers vos votre vous y",
    "en": "a about after again all also an and any are as at be because been before between both but by can could did "
    "do does during each for from had has have he her here him his how i if in into is it its just may more most "
    "must my new no not now of on one only or other our out over said same she should so some such than that the their "
    "them then there these they this those through to too under up us very was we were what when where which while who "
    "will with would you your",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ANY = frozenset[str]().union(*_SETS.values())


def is_stop_word(word: str, language: str = "") -> bool:
    """Whether a word is one of a language's commonest; of any of the languages where none is known.

    >>> is_stop_word("yang", "id"), is_stop_word("Yang"), is_stop_word("lembaga", "id")
    (True, True, False)
    """
    return folded(word) in _SETS.get(language.split("-", maxsplit=1)[0].lower(), _ANY)
