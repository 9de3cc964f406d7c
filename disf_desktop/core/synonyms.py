"""What names of fields mean, in French and English: words to concepts, so that “Prénom” and “First Name” are one.

A name is cut into words, accents and endings aside; the longest phrases of the table are read first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from unicodedata import normalize

_TABLE = """
first_name: first name, given name, forename, firstname, fname, prenom, petit nom
last_name: last name, family name, surname, lastname, lname, nom famille, nom usage, patronyme
full_name: full name, fullname, nom complet, nom prenom, prenom nom
middle_name: middle name, second prenom, deuxieme prenom
salutation: salutation, civilite, honorific, formule politesse, formule appel, courtesy title, titre civilite, politesse
suffix: suffix, suffixe
nickname: nickname, surnom, diminutif
email: email, e mail, mail, courriel, e courriel, adresse email, adresse e mail, adresse mail, adresse courriel
email: email address, e mail address, adresse electronique, courrier electronique, mel, adresse messagerie
phone: phone, telephone, tel, phone number, telephone number, numero telephone, num tel, no tel, no telephone
mobile: mobile, mobile phone, cell, cellphone, cell phone, cellular, cellulaire, portable, gsm, telephone mobile
mobile: telephone portable, telephone cellulaire, tel mobile, tel portable, tel cellulaire, mobile number
mobile: numero mobile, numero cellulaire, no cellulaire, numero portable
fax: fax, fax number, telecopieur, telecopie, numero fax
birth_date: birthdate, birth date, date birth, birthday, dob, date naissance, naissance, anniversaire, date anniversaire
birth_date: born on, ne le, nee le
gender: gender, sex, sexe, genre, gender identity, identite genre
age: age
pronouns: pronoun, pronouns, pronom, pronoms
language: language, langue, lang, preferred language, langue preferee, langue correspondance, language code, code langue
language: correspondence language, communication language, langue communication, locale
languages: languages, langues
company: company, company name, entreprise, nom entreprise, nom compagnie, compagnie, societe, nom societe
company: organization, organisation, organization name, organisation name, nom organisation, nom organisme, organisme
company: employer, employeur, raison sociale, account name, nom compte, business name, etablissement
job_title: job title, jobtitle, job, position, fonction, poste, titre poste, titre emploi, emploi, occupation
job_title: profession, job function, intitule poste, titre professionnel
title: title, titre
department: department, departement entreprise, service
industry: industry, secteur, secteur activite, industrie, domaine activite
employees: employees, number employees, employee count, headcount, nombre employes, nb employes, effectif, effectifs
revenue: annual revenue, revenue, chiffre affaires, revenu annuel, ca annuel
website: website, web site, site web, site internet, url site, web, site url, homepage, page accueil
street: street, street address, address line 1, address line, address1, address 1, adresse ligne 1, rue, adresse rue
street: address street, numero rue, no civique rue, civic address, adresse civique, adresse 1, ligne adresse 1
street: adresse, address, adresse postale, mailing address, postal address
street_2: address line 2, address2, address 2, adresse 2, adresse ligne 2, complement adresse, apartment, appartement
street_2: suite, ligne adresse 2
city: city, ville, town, municipalite, localite, commune, address city, adresse ville
state: state, province, state province, province etat, etat, etat province, region, state code, province code
state: address state, address province
country: country, pays, country name, nom pays, address country
country_code: country code, code pays
postal_code: postal code, postalcode, zip, zip code, zipcode, zip postal code, code postal, cp, postcode, post code
postal_code: address postal code, address zip
lead_source: lead source, leadsource, provenance, source piste, origine piste, origine, acquisition source
lead_source: source acquisition, contact source, source contact, origine contact
source: source
owner: owner, proprietaire
status: status, statut
stage: stage, etape
description: description
comment: comment, commentaire, remark, remarque, note, observation
amount: amount, montant
total: total
price: price, prix
quantity: quantity, quantite, qty, qte
currency: currency, devise, monnaie
date: date
order_number: order number, order no, no commande, numero commande, num commande
order_date: order date, date commande
order_status: order status, statut commande
invoice_number: invoice number, numero facture, no facture
paid: paid, paye, payee, est paye
shipped_at: shipped at, ship date, shipped on, shipping date, date expedition, date envoi, expedie le, expediee le
points: point, points, loyalty point, loyalty points, point fidelite, points fidelite, solde points
vip: vip
customer_number: customer number, client number, customer no, client no, numero client, no client, customer id
customer_number: id client, client id, code client, customer code, no membre client
member_number: member number, membership number, numero membre, no membre, numero adherent
account_number: account number, numero compte, no compte
interests: interest, interests, interet, interets, centre interet, centres interet
last_visit: last visit, last visit date, derniere visite, date derniere visite
last_purchase: last purchase, last purchase date, dernier achat, date dernier achat
last_activity: last activity, last activity date, derniere activite, date derniere activite
created: created date, created on, creation date, date created, date creation, cree le
modified: last modified date, modified on, date modified, date modification, modifie le, updated at, last update
active: active, actif
category: category, categorie
segment: segment
type: type
rating: rating, evaluation, cote
salesforce_id: salesforce id, sf id, sfid, sfdc id, id salesforce, identifiant salesforce, salesforce record id
salesforce_id: crm id, id crm, identifiant crm, salesforce contact id, contact id salesforce, id fiche salesforce
salesforce_id: salesforce key, cle salesforce, sf contact id, sf lead id
latitude: latitude
longitude: longitude
other: other, autre, autres
alternate: alternate, secondary, second, secondaire, alternatif
home: home, domicile, maison, residence, personal, personnel, personnelle, perso
work: work, business, bureau, travail, professionnel, professionnelle, office, pro
billing: billing, facturation
shipping: shipping, livraison, expedition
mailing: mailing, postal, postale, correspondance, envoi
main: main, principal, principale, primary
assistant: assistant, asst, adjoint, assistante
"""


def listed(words: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(words.split())


_STOP = listed("a an the of de du des la le les l d s n en au aux et and or ou un une your votre")
_FIRST = listed("is est has was")
_JOINED = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=[0-9])")
_AROUND_A_NAME = re.compile(r"^(?:[A-Za-z0-9]+__)?(?=[A-Za-z0-9_]+__(?:c|pc|r)$)|__(?:c|pc|r)$")
_CONSENT = re.compile(
    r"opt(?:ed|s)? ?(?:in|out)|consent\w*|unsubscri\w*|subscribe\w*|desabonn\w*|desinscri\w*|\babonne\w*|do ?not|"
    r"ne pas|refus\w*|casl|lcap|gdpr|rgpd|permission\w*|infolettre\w*|newsletter\w*"
)


def bare(name: str) -> str:
    """Give a field's name without what Salesforce puts around it: `acme__First_Name__c` is `First_Name`."""
    return _AROUND_A_NAME.sub("", _AROUND_A_NAME.sub("", name))


def folded(text: str) -> str:
    """Give the letters and digits of a text, without accents and in lower case."""
    return "".join(_words_of(text))


def _words_of(text: str) -> list[str]:
    plain = normalize("NFKD", text.replace("’", " ").replace("'", " ")).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z]+|[0-9]+", _JOINED.sub(" ", plain.replace("EMail", "Email")).lower())


def _cut(text: str) -> tuple[str, ...]:
    words = [word for word in _words_of(text) if word not in _STOP]
    return tuple(words[1:] if len(words) > 1 and words[0] in _FIRST else words)


def _phrases() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for line in _TABLE.strip().splitlines():
        concept, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            words = tuple(word for word in phrase.split() if word not in _STOP)
            assert words, f"a phrase of {concept} says something"
            assert found.get(words, concept) == concept, f"{phrase} means two things"
            found[words] = concept
    return found


PHRASES = _phrases()
"""The concept of each phrase, by its words."""

_LONGEST = max(map(len, PHRASES))


@lru_cache(maxsize=16384)
def meaning(text: str, own: frozenset[str] = frozenset()) -> frozenset[str]:
    """Give the concepts (`=email`) and the other words of a name or a label; `own` are words that say nothing, such as
    the object's own name."""
    words = _cut(text)
    found, at = [], 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            concept = PHRASES.get(words[at : at + length])
            if concept is not None:
                found.append(f"={concept}")
                at += length
                break
        else:
            found.append(_lemma(words[at]))
            at += 1
    said = [each for each in found if each not in own]
    return frozenset(said or found)


def _lemma(word: str) -> str:
    """Give a word without its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def speaks_of_consent(names: Iterable[str]) -> bool:
    """Say whether one of the names speaks of a consent: such a field is never suggested."""
    return any(_CONSENT.search(" ".join(_words_of(name))) for name in names)


def own_words(names: Collection[str]) -> frozenset[str]:
    """Give the words of an object's names, which say nothing in the names of its fields."""
    return frozenset(_lemma(word) for name in names for word in _cut(bare(name)))
