<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Keeps Salesforce and Dialog Insight in step. Apache License 2.0.</source>
        <translation>Garde Salesforce et Dialog Insight au même pas. Licence Apache 2.0.</translation>
    </message>
    <message>
        <source>Made with the work of others</source>
        <translation>Réalisé grâce au travail d’autrui</translation>
    </message>
    <message>
        <source>Qt: LGPL 3.0, its libraries may be replaced</source>
        <translation>Qt&#xa0;: LGPL 3.0, ses bibliothèques peuvent être remplacées</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ActivityTab</name>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>Show earlier runs</source>
        <translation>Voir les exécutions précédentes</translation>
    </message>
    <message>
        <source>What happened cannot be shown</source>
        <translation>Ce qui s’est passé ne peut pas être montré</translation>
    </message>
    <message>
        <source>Once what the program remembers can be used again, its runs are here.</source>
        <translation>Dès que la mémoire du programme peut de nouveau servir, ses exécutions sont ici.</translation>
    </message>
    <message>
        <source>Nothing happened yet</source>
        <translation>Rien ne s’est encore passé</translation>
    </message>
    <message>
        <source>“Preview changes” shows here what a sync would do, record by record. Each sync then leaves its story here.</source>
        <translation>«&#xa0;Prévisualiser les changements&#xa0;» montre ici ce que ferait une synchronisation, enregistrement par enregistrement. Chaque synchronisation laisse ensuite ici son récit.</translation>
    </message>
    <message>
        <source>Preview changes</source>
        <translation>Aperçu des changements</translation>
    </message>
    <message>
        <source>Nothing needs you.</source>
        <translation>Rien à traiter.</translation>
    </message>
    <message>
        <source>{0}, {1}.</source>
        <translation>{0}, {1}.</translation>
    </message>
    <message>
        <source>Consents to review</source>
        <translation>Consentements à vérifier</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>Modifié des deux côtés</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>En ce moment</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Réglé</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Conflicts resolved</source>
        <translation>Conflits réglés</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>being prepared</source>
        <translation>en préparation</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>non terminé</translation>
    </message>
    <message>
        <source>Preview · {0}</source>
        <translation>Aperçu · {0}</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>{0} · nothing sent</source>
        <translation>{0} · rien d’envoyé</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en cours</translation>
    </message>
</context>
<context>
    <name>AddConnection</name>
    <message>
        <source>Add a connection</source>
        <translation>Ajouter une connexion</translation>
    </message>
    <message>
        <source>You sign in to Salesforce in your browser; no password is given to this program.</source>
        <translation>La connexion à Salesforce se fait dans le navigateur&#x202f;; aucun mot de passe n’est donné à ce programme.</translation>
    </message>
    <message>
        <source>Dialog Insight lets a program in by a key (Users, Web Services, Create a key).</source>
        <translation>Dialog Insight laisse entrer un programme par une clé (Utilisateurs, Services Web, Créer une clé).</translation>
    </message>
    <message>
        <source>Add connection</source>
        <translation>Ajouter la connexion</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>As you call it, for example the org or the brand.</source>
        <translation>Comme on l’appelle, par exemple l’organisation ou la marque.</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Identifiant client</translation>
    </message>
    <message>
        <source>The consumer key of the External Client App; it may follow later.</source>
        <translation>La clé du consommateur de l’application client externe&#x202f;; elle peut suivre plus tard.</translation>
    </message>
    <message>
        <source>How to create one</source>
        <translation>Comment en créer une</translation>
    </message>
    <message>
        <source>Key number</source>
        <translation>Numéro de clé</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>It goes into the trusted store, never into the project file.</source>
        <translation>Elle va dans le coffre, jamais dans le fichier de projet.</translation>
    </message>
    <message>
        <source>The connection has no name yet.</source>
        <translation>La connexion n’a pas encore de nom.</translation>
    </message>
    <message>
        <source>The address is not right yet.</source>
        <translation>L’adresse n’est pas encore bonne.</translation>
    </message>
    <message>
        <source>The key number is missing.</source>
        <translation>Le numéro de clé manque.</translation>
    </message>
    <message>
        <source>Dialog Insight shows it beside the key.</source>
        <translation>Dialog Insight l’affiche à côté de la clé.</translation>
    </message>
    <message>
        <source>Add the connection {0}</source>
        <translation>Ajouter la connexion {0}</translation>
    </message>
</context>
<context>
    <name>AddMapping</name>
    <message>
        <source>Add a mapping</source>
        <translation>Ajouter un mappage</translation>
    </message>
    <message>
        <source>A mapping ties an object of Salesforce to a table of Dialog Insight. It starts as a draft.</source>
        <translation>Un mappage lie un objet de Salesforce à une table de Dialog Insight. Il commence comme brouillon.</translation>
    </message>
    <message>
        <source>Add mapping</source>
        <translation>Ajouter le mappage</translation>
    </message>
    <message>
        <source>&amp;Salesforce connection</source>
        <translation>Connexion &amp;Salesforce</translation>
    </message>
    <message>
        <source>&amp;Object</source>
        <translation>&amp;Objet</translation>
    </message>
    <message>
        <source>Destination &amp;project</source>
        <translation>&amp;Projet de destination</translation>
    </message>
    <message>
        <source>Contact list</source>
        <translation>Liste de contacts</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Table</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Reading the objects of this org…</source>
        <translation>Lecture des objets de cette organisation…</translation>
    </message>
    <message>
        <source>Connect this org first, on the Connections tab.</source>
        <translation>Connecter d’abord cette organisation, dans l’onglet Connexions.</translation>
    </message>
    <message>
        <source>The objects could not be read. Test the connection, then try again.</source>
        <translation>Les objets n’ont pas pu être lus. Tester la connexion, puis réessayer.</translation>
    </message>
    <message>
        <source>This object holds no people; it goes to a custom table.</source>
        <translation>Cet objet ne contient pas de personnes&#x202f;; il va dans une table personnalisée.</translation>
    </message>
    <message>
        <source>This project has no custom table yet; add one on the Destination projects tab.</source>
        <translation>Ce projet n’a pas encore de table personnalisée&#x202f;; en ajouter une dans l’onglet Projets de destination.</translation>
    </message>
    <message>
        <source>Choose the custom table that holds these rows.</source>
        <translation>Choisir la table personnalisée qui contient ces lignes.</translation>
    </message>
    <message>
        <source>“{0}” ties this object to this table already.</source>
        <translation>«&#xa0;{0}&#xa0;» lie déjà cet objet à cette table.</translation>
    </message>
    <message>
        <source>One mapping carries every field; choose another object or table.</source>
        <translation>Un seul mappage porte tous les champs&#x202f;; choisir un autre objet ou une autre table.</translation>
    </message>
</context>
<context>
    <name>AddOptIns</name>
    <message>
        <source>&amp;Carried by</source>
        <translation>&amp;Transporté par</translation>
    </message>
    <message>
        <source>&amp;Tick “Opt-in changed” of {0} too, so that they travel</source>
        <translation>&amp;Cocher aussi «&#xa0;Opt-in modifié&#xa0;» de {0}, pour qu’ils circulent</translation>
    </message>
    <message>
        <source>Opt-in in Dialog Insight</source>
        <translation>Opt-in dans Dialog Insight</translation>
    </message>
    <message>
        <source>Salesforce field of {0}</source>
        <translation>Champ Salesforce de {0}</translation>
    </message>
    <message>
        <source>{0} · new checkbox</source>
        <translation>{0} · nouvelle case à cocher</translation>
    </message>
    <message>
        <source>Salesforce field of the opt-in {0}</source>
        <translation>Champ Salesforce de l’opt-in {0}</translation>
    </message>
    <message>
        <source>Choose a field</source>
        <translation>Choisir un champ</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Each opt-in is written to a Salesforce field of its own, and never the other way.</source>
        <translation>Chaque opt-in est écrit dans son propre champ Salesforce, et jamais dans l’autre sens.</translation>
    </message>
    <message>
        <source>Add opt-ins</source>
        <translation>Ajouter des opt-ins</translation>
    </message>
    <message>
        <source>Add opt-ins of {0}</source>
        <translation>Ajouter des opt-ins de {0}</translation>
    </message>
    <message>
        <source>Choose a checkbox, a list or a text field of {0}.</source>
        <translation>Choisir une case à cocher, une liste ou un champ texte de {0}.</translation>
    </message>
    <message>
        <source>No Salesforce field is chosen for {0}.</source>
        <translation>Aucun champ Salesforce n’est choisi pour {0}.</translation>
    </message>
    <message>
        <source>Give each consent its own field; consents for several purposes are never made one.</source>
        <translation>Donner à chaque consentement son propre champ&#x202f;; les consentements à plusieurs fins ne sont jamais réunis en un seul.</translation>
    </message>
    <message>
        <source>Two opt-ins would be written to the same field.</source>
        <translation>Deux opt-ins seraient écrits dans le même champ.</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>Production (login.salesforce.com)</source>
        <translation>Production (login.salesforce.com)</translation>
    </message>
    <message>
        <source>Sandbox (test.salesforce.com)</source>
        <translation>Sandbox (test.salesforce.com)</translation>
    </message>
    <message>
        <source>My Domain of the org</source>
        <translation>Mon domaine de l’organisation</translation>
    </message>
    <message>
        <source>Sign in at</source>
        <translation>Connexion à</translation>
    </message>
    <message>
        <source>My Domain</source>
        <translation>Mon domaine</translation>
    </message>
    <message>
        <source>Its name, or the address of any page of the org.</source>
        <translation>Son nom, ou l’adresse de n’importe quelle page de l’organisation.</translation>
    </message>
    <message>
        <source>This is not the address of an org. Open Salesforce and copy the address from there.</source>
        <translation>Ce n’est pas l’adresse d’une organisation. Ouvrir Salesforce et y copier l’adresse.</translation>
    </message>
    <message>
        <source>Canada (app.dialoginsight.com)</source>
        <translation>Canada (app.dialoginsight.com)</translation>
    </message>
    <message>
        <source>France (app.mydialoginsight.com)</source>
        <translation>France (app.mydialoginsight.com)</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Une autre adresse</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plateforme</translation>
    </message>
    <message>
        <source>Address of the web services</source>
        <translation>Adresse des services Web</translation>
    </message>
    <message>
        <source>It begins with https:// and ends with /webservices/ofc4/.</source>
        <translation>Une adresse complète, en https, qui finit par /webservices/ofc4/.</translation>
    </message>
    <message>
        <source>This is not a whole address that begins with https://.</source>
        <translation>Il faut une adresse complète, en https.</translation>
    </message>
</context>
<context>
    <name>AdvancedCard</name>
    <message>
        <source>Hide the advanced settings</source>
        <translation>Masquer les réglages avancés</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Réglages avancés</translation>
    </message>
    <message>
        <source>Records in one call</source>
        <translation>Enregistrements par appel</translation>
    </message>
    <message>
        <source>Calls at the same time</source>
        <translation>Appels simultanés</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Time-out of a call</source>
        <translation>Délai d’un appel</translation>
    </message>
    <message>
        <source>those that this computer trusts</source>
        <translation>ceux que cet ordinateur reconnaît</translation>
    </message>
    <message>
        <source>Certificates of authorities</source>
        <translation>Certificats des autorités</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Use those of the computer</source>
        <translation>Prendre ceux de l’ordinateur</translation>
    </message>
    <message>
        <source>Change a setting of {0}</source>
        <translation>Modifier un réglage de {0}</translation>
    </message>
    <message>
        <source>Choose the certificates of an authority</source>
        <translation>Choisir les certificats d’une autorité</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificats (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>BrowserErrors</name>
    <message>
        <source>Show how the app must be</source>
        <translation>Montrer comment régler l’application</translation>
    </message>
    <message>
        <source>The browser shows an error</source>
        <translation>Le navigateur affiche une erreur</translation>
    </message>
    <message>
        <source>Then it does not come back to this program. Look for one of these words on its page.</source>
        <translation>Il ne revient alors pas à ce programme. Chercher l’un de ces mots dans sa page.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>Search label, API name or type</source>
        <translation>Chercher par libellé, nom d’API ou type</translation>
    </message>
    <message>
        <source>Label, API name or type</source>
        <translation>Libellé, nom d’API ou type</translation>
    </message>
    <message>
        <source>Search label, code or type</source>
        <translation>Chercher par libellé, code ou type</translation>
    </message>
    <message>
        <source>Label, code or type</source>
        <translation>Libellé, code ou type</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Fields of Salesforce</source>
        <translation>Champs de Salesforce</translation>
    </message>
    <message>
        <source>Fields of Dialog Insight</source>
        <translation>Champs de Dialog Insight</translation>
    </message>
    <message>
        <source>M chooses a partner, Ctrl+L pairs both fields chosen, Delete removes the pair.</source>
        <translation>M choisit un champ correspondant, Ctrl+L apparie les deux champs choisis, Suppr retire la paire.</translation>
    </message>
    <message>
        <source>No field is like this. Change the search or the filter.</source>
        <translation>Aucun champ ne correspond. Changer la recherche ou le filtre.</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Apparier</translation>
    </message>
    <message>
        <source>No record can be found again without it: {0} has no pair yet.</source>
        <translation>Sans elle, aucun enregistrement ne peut être retrouvé&#xa0;: {0} n’est pas encore apparié.</translation>
    </message>
    <message>
        <source>The primary key comes first</source>
        <translation>La clé primaire d’abord</translation>
    </message>
    <message>
        <source>Pair {0} with {1}</source>
        <translation>Apparier {0} avec {1}</translation>
    </message>
    <message>
        <source>Choose a field on each side.</source>
        <translation>Choisir un champ de chaque côté.</translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message>
        <source>Check before anything is sent</source>
        <translation>Vérifier avant tout envoi</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importer</translation>
    </message>
    <message>
        <source>There is no row to send.</source>
        <translation>Il n’y a aucune ligne à envoyer.</translation>
    </message>
    <message>
        <source>A run is under way.</source>
        <translation>Une exécution est en cours.</translation>
    </message>
    <message>
        <source>&amp;Check again</source>
        <translation>&amp;Vérifier de nouveau</translation>
    </message>
    <message>
        <source>Decided when sent</source>
        <translation>Décidé à l’envoi</translation>
    </message>
    <message>
        <source>Will be created</source>
        <translation>À créer</translation>
    </message>
    <message>
        <source>Will be updated</source>
        <translation>À mettre à jour</translation>
    </message>
    <message>
        <source>By what the last look left here, which may be old: they are sent all the same.</source>
        <translation>D’après la dernière lecture, peut-être ancienne&#xa0;: ces lignes sont envoyées quand même.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangées</translation>
    </message>
    <message>
        <source>Rows to correct</source>
        <translation>Lignes à corriger</translation>
    </message>
    <message>
        <source>Whether a row creates a contact or updates one is decided when it is sent.</source>
        <translation>C’est à l’envoi que l’on saura si une ligne crée un contact ou en met un à jour.</translation>
    </message>
    <message>
        <source>Consents are not sent: they become a file for Dialog Insight’s own dated import.</source>
        <translation>Les consentements ne sont pas envoyés&#xa0;: ils deviennent un fichier pour l’importation datée de Dialog Insight.</translation>
    </message>
    <message>
        <source>Correct the rows that were not sent</source>
        <translation>Corriger les lignes non envoyées</translation>
    </message>
    <message>
        <source>Correct a row; then it can be sent.</source>
        <translation>Corriger une ligne&#x202f;; elle pourra alors être envoyée.</translation>
    </message>
    <message>
        <source>Sent already</source>
        <translation>Déjà envoyées</translation>
    </message>
    <message>
        <source>Will be sent</source>
        <translation>À envoyer</translation>
    </message>
    <message>
        <source>Columns that fill nothing and are left out: {0}.</source>
        <translation>Colonnes non importées, car elles ne remplissent aucun champ&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Rows that were corrected here are looked up in Salesforce when they are sent.</source>
        <translation>Les lignes corrigées ici seront cherchées dans Salesforce au moment de l’envoi.</translation>
    </message>
    <message>
        <source>{0}: {1} yes, {2} no.</source>
        <translation>{0}&#xa0;: {1} oui, {2} non.</translation>
    </message>
    <message>
        <source>They are not sent. Bring them back only if they have asked for it themselves.</source>
        <translation>Rien n’est envoyé pour elles. Les ramener seulement si elles l’ont demandé elles-mêmes.</translation>
    </message>
    <message>
        <source>They are sent with this import, as you asked.</source>
        <translation>Cet import les envoie, comme demandé.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Enter or F2 edits a cell.</source>
        <translation>Entrée ou F2 modifie une cellule.</translation>
    </message>
    <message>
        <source>Every row can be sent</source>
        <translation>Toutes les lignes peuvent être envoyées</translation>
    </message>
    <message>
        <source>Nothing has to be corrected.</source>
        <translation>Il n’y a rien à corriger.</translation>
    </message>
    <message>
        <source>Correct them there, then import that file.</source>
        <translation>Les corriger dans ce fichier, puis l’importer.</translation>
    </message>
    <message>
        <source>The rows are in “{0}”</source>
        <translation>Les lignes sont dans «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>{0}, to correct.csv</source>
        <translation>{0}, à corriger.csv</translation>
    </message>
    <message>
        <source>Save the rows to correct</source>
        <translation>Enregistrer les lignes à corriger</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>→ to Dialog Insight</source>
        <translation>→ vers Dialog Insight</translation>
    </message>
    <message>
        <source>← to Salesforce</source>
        <translation>← vers Salesforce</translation>
    </message>
    <message>
        <source>↔ both ways</source>
        <translation>↔ dans les deux sens</translation>
    </message>
    <message>
        <source>to Dialog Insight</source>
        <translation>vers Dialog Insight</translation>
    </message>
    <message>
        <source>to Salesforce</source>
        <translation>vers Salesforce</translation>
    </message>
    <message>
        <source>both ways</source>
        <translation>dans les deux sens</translation>
    </message>
    <message>
        <source>Cut to the length of the target</source>
        <translation>Couper à la longueur de la cible</translation>
    </message>
    <message>
        <source>Round half up</source>
        <translation>Arrondir à l’unité la plus proche</translation>
    </message>
    <message>
        <source>Lower case</source>
        <translation>Mettre en minuscules</translation>
    </message>
    <message>
        <source>Digits only</source>
        <translation>Garder les chiffres</translation>
    </message>
    <message>
        <source>Clear the target</source>
        <translation>Vider la cible</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>Garder ce qui s’y trouve</translation>
    </message>
    <message>
        <source>Salesforce wins</source>
        <translation>Salesforce l’emporte</translation>
    </message>
    <message>
        <source>Dialog Insight wins</source>
        <translation>Dialog Insight l’emporte</translation>
    </message>
    <message>
        <source>The newest wins (approximate)</source>
        <translation>La plus récente l’emporte (approximatif)</translation>
    </message>
    <message>
        <source>Both services date whole records, by two clocks. Where that does not settle it, Salesforce wins.</source>
        <translation>Les deux services datent des enregistrements entiers, avec deux horloges. Là où cela ne tranche pas, Salesforce l’emporte.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>This field waits for a person, with the latest values of both sides; the others go on.</source>
        <translation>Ce champ attend une décision, avec les dernières valeurs des deux côtés&#xa0;; les autres continuent.</translation>
    </message>
    <message>
        <source>The one that is not empty</source>
        <translation>Celle qui n’est pas vide</translation>
    </message>
    <message>
        <source>Salesforce wins where both are filled.</source>
        <translation>Salesforce l’emporte quand les deux sont remplies.</translation>
    </message>
    <message>
        <source>Created in
Salesforce</source>
        <translation>Créé dans
Salesforce</translation>
    </message>
    <message>
        <source>Updated in
Salesforce</source>
        <translation>Modifié dans
Salesforce</translation>
    </message>
    <message>
        <source>Deleted in
Salesforce</source>
        <translation>Supprimé dans
Salesforce</translation>
    </message>
    <message>
        <source>Created in
Dialog Insight</source>
        <translation>Créé dans
Dialog Insight</translation>
    </message>
    <message>
        <source>Updated in
Dialog Insight</source>
        <translation>Modifié dans
Dialog Insight</translation>
    </message>
    <message>
        <source>Opt-in
changed</source>
        <translation>Opt-in
modifié</translation>
    </message>
    <message>
        <source>None: exactly as it is</source>
        <translation>Aucune&#xa0;: la valeur telle quelle</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Sur demande</translation>
    </message>
    <message>
        <source>Every day at {0}</source>
        <translation>Chaque jour à {0}</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignorés</translation>
    </message>
    <message>
        <source>Set aside for you; Dialog Insight keeps the contact as it is</source>
        <translation>Mis de côté, à traiter&#xa0;; Dialog Insight garde le contact tel quel</translation>
    </message>
    <message>
        <source>Written in the field {0}; nothing is deleted in Dialog Insight</source>
        <translation>Inscrit dans le champ {0}&#xa0;; rien n’est supprimé dans Dialog Insight</translation>
    </message>
    <message>
        <source>ticked</source>
        <translation>cochée</translation>
    </message>
    <message>
        <source>not ticked</source>
        <translation>non cochée</translation>
    </message>
    <message>
        <source>left as it is</source>
        <translation>inchangée</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>ColumnOptions</name>
    <message>
        <source>Choose a pair to say what is done with its cells.</source>
        <translation>Choisir une paire pour préciser le traitement de ses cellules.</translation>
    </message>
    <message>
        <source>Empty cell:</source>
        <translation>Cellule vide&#xa0;:</translation>
    </message>
    <message>
        <source>leave the field</source>
        <translation>garder la valeur du champ</translation>
    </message>
    <message>
        <source>clear it</source>
        <translation>le vider</translation>
    </message>
    <message>
        <source>When the cell is empty</source>
        <translation>Quand la cellule est vide</translation>
    </message>
    <message>
        <source>Dates as the whole file</source>
        <translation>Dates comme dans tout le fichier</translation>
    </message>
    <message>
        <source>How the dates of this column are written</source>
        <translation>Format des dates de cette colonne</translation>
    </message>
    <message>
        <source>Decimals as the whole file</source>
        <translation>Décimales comme dans tout le fichier</translation>
    </message>
    <message>
        <source>How the decimals of this column are written</source>
        <translation>Format des décimales de cette colonne</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>Re&amp;tirer</translation>
    </message>
    <message>
        <source>Let this column fill this field no more (Delete)</source>
        <translation>Cette colonne ne remplit plus ce champ (Suppr)</translation>
    </message>
    <message>
        <source>exactly as it is</source>
        <translation>tel quel</translation>
    </message>
    <message>
        <source>On the way:</source>
        <translation>Transformation&#xa0;:</translation>
    </message>
    <message>
        <source>What is done on the way</source>
        <translation>Transformation appliquée</translation>
    </message>
</context>
<context>
    <name>ColumnPairing</name>
    <message>
        <source>The service does not show this field.</source>
        <translation>Le service ne montre pas ce champ.</translation>
    </message>
    <message>
        <source>This is a consent. It has its own question: see Consents above.</source>
        <translation>C’est un consentement. Il a sa propre question&#xa0;: voir Consentements ci-dessus.</translation>
    </message>
    <message>
        <source>A field of this kind is made of several parts; fill its parts.</source>
        <translation>Un champ de ce genre est fait de plusieurs parties&#x202f;; remplir ses parties.</translation>
    </message>
    <message>
        <source>This field belongs to a related record.</source>
        <translation>Ce champ appartient à un enregistrement lié.</translation>
    </message>
    <message>
        <source>The service does not let this field be written.</source>
        <translation>Le service ne laisse pas écrire ce champ.</translation>
    </message>
    <message>
        <source>It cannot be changed once a record is there.</source>
        <translation>Il ne peut plus changer une fois l’enregistrement créé.</translation>
    </message>
    <message>
        <source>It cannot be filled in a new record.</source>
        <translation>Il ne peut pas être rempli dans un nouvel enregistrement.</translation>
    </message>
    <message>
        <source>It cannot be written both in new records and in those that are there.</source>
        <translation>Il ne peut pas être écrit à la fois dans les nouveaux enregistrements et dans ceux qui existent.</translation>
    </message>
    <message>
        <source>This column fills this field already.</source>
        <translation>Cette colonne remplit déjà ce champ.</translation>
    </message>
    <message>
        <source>This column says who consents; it fills no field besides.</source>
        <translation>Cette colonne dit qui consent&#x202f;; elle ne remplit aucun autre champ.</translation>
    </message>
    <message>
        <source>The cells look as they should.</source>
        <translation>Les cellules semblent convenir.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Pasted rows</source>
        <translation>Lignes collées</translation>
    </message>
    <message>
        <source>Search name, value or type</source>
        <translation>Chercher un nom, une valeur ou un type</translation>
    </message>
    <message>
        <source>Name, value or type</source>
        <translation>Nom, valeur ou type</translation>
    </message>
    <message>
        <source>Columns of the file</source>
        <translation>Colonnes du fichier</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>Fill {0} from a column</source>
        <translation>Remplir {0} par une colonne</translation>
    </message>
    <message>
        <source>Column…</source>
        <translation>Colonne…</translation>
    </message>
    <message>
        <source>Choose the column (M)</source>
        <translation>Choisir la colonne (M)</translation>
    </message>
    <message>
        <source>By column</source>
        <translation>Par colonne</translation>
    </message>
    <message>
        <source>Search label, name or type</source>
        <translation>Chercher un libellé, un nom ou un type</translation>
    </message>
    <message>
        <source>Label, name or type</source>
        <translation>Libellé, nom ou type</translation>
    </message>
    <message>
        <source>Fields of {0}</source>
        <translation>Champs de {0}</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Which field does {0} fill?</source>
        <translation>Quel champ {0} remplit-elle&#x202f;?</translation>
    </message>
    <message>
        <source>By field</source>
        <translation>Par champ</translation>
    </message>
    <message>
        <source>Which field is to be filled?</source>
        <translation>Quel champ remplir&#x202f;?</translation>
    </message>
    <message>
        <source>Then choose the column that fills it.</source>
        <translation>Choisir ensuite la colonne qui le remplit.</translation>
    </message>
    <message>
        <source>Fields that no column fills</source>
        <translation>Champs qu’aucune colonne ne remplit</translation>
    </message>
    <message>
        <source>When the
cell is empty</source>
        <translation>Si la cellule
est vide</translation>
    </message>
    <message>
        <source>Some cells do not look like what this field holds; the check says which.</source>
        <translation>Certaines cellules ne ressemblent pas à ce que contient ce champ&#x202f;; la vérification dira lesquelles.</translation>
    </message>
</context>
<context>
    <name>ColumnsStep</name>
    <message>
        <source>Which column fills which field?</source>
        <translation>Quelle colonne remplit quel champ&#x202f;?</translation>
    </message>
    <message>
        <source>&amp;Check the rows</source>
        <translation>&amp;Vérifier les lignes</translation>
    </message>
    <message>
        <source>A run is under way; the check can begin when it has ended.</source>
        <translation>Une exécution est en cours&#x202f;; la vérification pourra commencer à sa fin.</translation>
    </message>
    <message>
        <source>No column fills {0} yet.</source>
        <translation>Aucune colonne ne remplit encore {0}.</translation>
    </message>
    <message>
        <source>Pair at least one column.</source>
        <translation>Apparier au moins une colonne.</translation>
    </message>
    <message>
        <source>Consents ({0})</source>
        <translation>Consentements ({0})</translation>
    </message>
    <message>
        <source>Consents</source>
        <translation>Consentements</translation>
    </message>
    <message>
        <source>As lines</source>
        <translation>En lignes</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>En tableau</translation>
    </message>
    <message>
        <source>How the pairs are shown</source>
        <translation>Affichage des paires</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>A column seems to say who consents: {0}</source>
        <translation>Une colonne semble dire qui consent&#xa0;: {0}</translation>
    </message>
    <message>
        <source>It has its own question; it fills no field.</source>
        <translation>Elle a sa propre question&#x202f;; elle ne remplit aucun champ.</translation>
    </message>
    <message>
        <source>Ans&amp;wer the question</source>
        <translation>Répondre à la &amp;question</translation>
    </message>
    <message>
        <source>The first rows of the file</source>
        <translation>Les premières lignes du fichier</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare everything</source>
        <translation>Tout comparer</translation>
    </message>
    <message>
        <source>Compare everything of “{0}”</source>
        <translation>Tout comparer de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>A sync reads what changed. This one reads every record in Salesforce again, and finds what no list of changes tells: computed fields, old deletes.</source>
        <translation>Une synchronisation lit ce qui a changé. Celle-ci relit chaque enregistrement de Salesforce et trouve ce qu’aucune liste de changements ne dit&#xa0;: champs calculés, anciennes suppressions.</translation>
    </message>
    <message>
        <source>Compare and sync</source>
        <translation>Comparer et synchroniser</translation>
    </message>
    <message>
        <source>Each person is looked up in Dialog Insight too, which takes one call each.</source>
        <translation>Chaque personne est aussi consultée dans Dialog Insight, à raison d’un appel chacune.</translation>
    </message>
    <message>
        <source>What is found to differ is sent, as in any sync. It can be stopped at any time.</source>
        <translation>Ce qui diffère est envoyé, comme dans toute synchronisation. On peut l’arrêter à tout moment.</translation>
    </message>
</context>
<context>
    <name>ComponentTicks</name>
    <message>
        <source>left as it is</source>
        <translation>laissé tel quel</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Will be</source>
        <translation>Sera</translation>
    </message>
    <message>
        <source>Restore the value of {0}</source>
        <translation>Rétablir la valeur de {0}</translation>
    </message>
    <message>
        <source>Keep the value of {0}</source>
        <translation>Garder la valeur de {0}</translation>
    </message>
    <message>
        <source>The next run writes it, in the form that each side stores.</source>
        <translation>La prochaine exécution l’écrit, sous la forme que chaque côté conserve.</translation>
    </message>
    <message>
        <source>What both sides will hold</source>
        <translation>Ce que contiendront les deux côtés</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>reste tel quel</translation>
    </message>
</context>
<context>
    <name>ConflictsCard</name>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>à traiter</translation>
    </message>
    <message>
        <source>{0} chosen; the next run writes it</source>
        <translation>{0} choisi&#x202f;; écrit par la prochaine exécution</translation>
    </message>
    <message>
        <source>Salesforce</source>
        <translation>Salesforce</translation>
    </message>
    <message>
        <source>Dialog Insight</source>
        <translation>Dialog Insight</translation>
    </message>
    <message>
        <source>the other value was restored</source>
        <translation>l’autre valeur a été rétablie</translation>
    </message>
    <message>
        <source>Export the conflicts</source>
        <translation>Exporter les conflits</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>Modifié des deux côtés</translation>
    </message>
    <message>
        <source>Values that lost in the last 90 days are kept here; each can still be restored.</source>
        <translation>Les valeurs écartées depuis 90 jours sont gardées ici&#x202f;; chacune peut encore être rétablie.</translation>
    </message>
    <message>
        <source>Nothing is written to these fields until you choose; the other fields of the record go on.</source>
        <translation>Rien n’est écrit dans ces champs avant un choix&#x202f;; les autres champs de l’enregistrement continuent.</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
        <source>To choose</source>
        <translation>À choisir</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Réglés</translation>
    </message>
    <message>
        <source>Search names, ids, values</source>
        <translation>Chercher un nom, un identifiant, une valeur</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>Tous les champs</translation>
    </message>
    <message>
        <source>Keep the value of Sa&amp;lesforce</source>
        <translation>Garder la valeur de Sa&amp;lesforce</translation>
    </message>
    <message>
        <source>Keep the value of Dialog I&amp;nsight</source>
        <translation>Garder la valeur de Dialog I&amp;nsight</translation>
    </message>
    <message>
        <source>Restore the other value</source>
        <translation>Rétablir l’autre valeur</translation>
    </message>
    <message>
        <source>saved {0}</source>
        <translation>enregistré {0}</translation>
    </message>
    <message>
        <source>seen {0}</source>
        <translation>vu {0}</translation>
    </message>
    <message>
        <source>Before, both sides agreed on: {0}</source>
        <translation>Avant, les deux côtés s’accordaient sur&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>ConnectionErrors</name>
    <message>
        <source>access ended · authorize again</source>
        <translation>accès terminé · autoriser de nouveau</translation>
    </message>
    <message>
        <source>Salesforce no longer accepts this sign-in.</source>
        <translation>Salesforce n’accepte plus cette connexion.</translation>
    </message>
    <message>
        <source>It has expired, or somebody has withdrawn it. Authorize again; nothing else changes.</source>
        <translation>Elle a expiré, ou quelqu’un l’a révoquée. Il faut l’autoriser de nouveau&#x202f;; rien d’autre ne change.</translation>
    </message>
    <message>
        <source>not authorized yet</source>
        <translation>pas encore autorisée</translation>
    </message>
    <message>
        <source>Nobody has signed in for this connection yet.</source>
        <translation>Personne ne s’est encore connecté pour cette connexion.</translation>
    </message>
    <message>
        <source>Authorize it: your browser opens, and you sign in to Salesforce there.</source>
        <translation>Il faut l’autoriser&#xa0;: le navigateur s’ouvre, et la connexion à Salesforce se fait là.</translation>
    </message>
    <message>
        <source>sign-in not finished</source>
        <translation>connexion inachevée</translation>
    </message>
    <message>
        <source>The sign-in took too long, or its page was used twice.</source>
        <translation>La connexion a pris trop de temps, ou sa page a servi deux fois.</translation>
    </message>
    <message>
        <source>Authorize again, and sign in on the page that opens then.</source>
        <translation>Autoriser de nouveau, puis se connecter dans la page qui s’ouvre.</translation>
    </message>
    <message>
        <source>access not allowed</source>
        <translation>accès non autorisé</translation>
    </message>
    <message>
        <source>The access was not allowed in the browser.</source>
        <translation>L’accès n’a pas été autorisé dans le navigateur.</translation>
    </message>
    <message>
        <source>Authorize again and choose Allow. Where Salesforce does not let you, an administrator allows the app first.</source>
        <translation>Autoriser de nouveau et choisir Autoriser. Si Salesforce ne le permet pas, un administrateur autorise d’abord l’application.</translation>
    </message>
    <message>
        <source>app blocked · ask an administrator</source>
        <translation>application bloquée · demander à un administrateur</translation>
    </message>
    <message>
        <source>Salesforce does not let this user use the app.</source>
        <translation>Salesforce ne laisse pas cet utilisateur se servir de l’application.</translation>
    </message>
    <message>
        <source>An administrator opens Setup, External Client App Manager, takes the app and allows the user under Policies. An app of another org is installed first, under Connected Apps OAuth Usage.</source>
        <translation>Un administrateur ouvre Configuration, Gestionnaire d’applications client externes, choisit l’application et autorise l’utilisateur sous Politiques. Une application d’une autre organisation s’installe d’abord, sous Utilisation d’OAuth par les applications connectées.</translation>
    </message>
    <message>
        <source>user not active</source>
        <translation>utilisateur inactif</translation>
    </message>
    <message>
        <source>The Salesforce user of this connection, or the org, is not active.</source>
        <translation>L’utilisateur Salesforce de cette connexion, ou l’organisation, n’est pas actif.</translation>
    </message>
    <message>
        <source>An administrator activates the user again; or authorize as another user.</source>
        <translation>Un administrateur réactive l’utilisateur&#x202f;; sinon, autoriser comme un autre utilisateur.</translation>
    </message>
    <message>
        <source>network address refused</source>
        <translation>adresse réseau refusée</translation>
    </message>
    <message>
        <source>Salesforce does not let this user in from this network address.</source>
        <translation>Salesforce n’accepte pas cet utilisateur depuis cette adresse réseau.</translation>
    </message>
    <message>
        <source>An administrator adds this address to the IP ranges of the user&apos;s profile, or relaxes the IP restrictions in the policies of the app. Or connect through your company&apos;s network.</source>
        <translation>Un administrateur ajoute cette adresse aux plages IP du profil de l’utilisateur, ou assouplit les restrictions IP dans les politiques de l’application. Sinon, passer par le réseau de l’entreprise.</translation>
    </message>
    <message>
        <source>client ID unknown</source>
        <translation>identifiant client inconnu</translation>
    </message>
    <message>
        <source>Salesforce does not know this client ID.</source>
        <translation>Salesforce ne connaît pas cet identifiant client.</translation>
    </message>
    <message>
        <source>Compare it with the consumer key of the External Client App. A new app takes up to ten minutes until it is known.</source>
        <translation>Le comparer à la clé du consommateur de l’application client externe. Une nouvelle application met jusqu’à dix minutes à être connue.</translation>
    </message>
    <message>
        <source>callback address missing</source>
        <translation>adresse de retour manquante</translation>
    </message>
    <message>
        <source>The app does not list the address to which the browser comes back.</source>
        <translation>L’application ne contient pas l’adresse à laquelle le navigateur revient.</translation>
    </message>
    <message>
        <source>An administrator adds the three callback addresses to the External Client App, exactly as they are.</source>
        <translation>Un administrateur ajoute les trois adresses de retour à l’application client externe, telles quelles.</translation>
    </message>
    <message>
        <source>app not set up for this</source>
        <translation>application mal réglée</translation>
    </message>
    <message>
        <source>The app does not allow this way of signing in.</source>
        <translation>L’application n’autorise pas cette façon de se connecter.</translation>
    </message>
    <message>
        <source>In the External Client App, PKCE is required and both “Require secret” boxes are off.</source>
        <translation>Dans l’application client externe, PKCE est exigé et les deux cases «&#xa0;Exiger un secret&#xa0;» sont décochées.</translation>
    </message>
    <message>
        <source>scope missing in the app</source>
        <translation>portée manquante dans l’application</translation>
    </message>
    <message>
        <source>Salesforce gave no permission that lasts.</source>
        <translation>Salesforce n’a pas donné d’autorisation durable.</translation>
    </message>
    <message>
        <source>An administrator adds the scope “Perform requests at any time (refresh_token, offline_access)” to the app; then authorize again.</source>
        <translation>Un administrateur ajoute à l’application la portée «&#xa0;Perform requests at any time (refresh_token, offline_access)&#xa0;»&#x202f;; ensuite, autoriser de nouveau.</translation>
    </message>
    <message>
        <source>sign-in not possible now</source>
        <translation>connexion impossible pour le moment</translation>
    </message>
    <message>
        <source>The browser could not come back: other programs hold its three ports.</source>
        <translation>Le navigateur ne pourrait pas revenir&#xa0;: d’autres programmes occupent ses trois ports.</translation>
    </message>
    <message>
        <source>Ports 17177, 17178 and 17179 of this computer are taken, often by another window of this program. Close it, then authorize again.</source>
        <translation>Les ports 17177, 17178 et 17179 de cet ordinateur sont pris, souvent par une autre fenêtre de ce programme. La fermer, puis autoriser de nouveau.</translation>
    </message>
    <message>
        <source>strange address</source>
        <translation>adresse étrangère</translation>
    </message>
    <message>
        <source>The answer named an address that is not one of Salesforce.</source>
        <translation>La réponse nommait une adresse qui n’est pas de Salesforce.</translation>
    </message>
    <message>
        <source>Nothing was sent there. Check where to sign in, and what stands in between.</source>
        <translation>Rien n’y a été envoyé. Vérifier l’adresse de connexion, et ce qui se trouve entre les deux.</translation>
    </message>
    <message>
        <source>API not open to this user</source>
        <translation>API fermée à cet utilisateur</translation>
    </message>
    <message>
        <source>The API of Salesforce is not open to this user, or not in this edition.</source>
        <translation>L’API de Salesforce n’est pas ouverte à cet utilisateur, ou pas dans cette édition.</translation>
    </message>
    <message>
        <source>An administrator gives the user the permission “API Enabled”, then test again.</source>
        <translation>Un administrateur donne à l’utilisateur l’autorisation «&#xa0;API activée&#xa0;»&#x202f;; ensuite, tester de nouveau.</translation>
    </message>
    <message>
        <source>a permission is missing</source>
        <translation>une autorisation manque</translation>
    </message>
    <message>
        <source>Salesforce refuses this to the user of this connection.</source>
        <translation>Salesforce refuse cela à l’utilisateur de cette connexion.</translation>
    </message>
    <message>
        <source>An administrator gives the user the missing permission; the details say which call was refused.</source>
        <translation>Un administrateur donne à l’utilisateur l’autorisation qui manque&#x202f;; les détails disent quel appel a été refusé.</translation>
    </message>
    <message>
        <source>API version retired</source>
        <translation>version d’API retirée</translation>
    </message>
    <message>
        <source>The version of the API that the project file names is retired.</source>
        <translation>La version d’API que nomme le fichier de projet est retirée.</translation>
    </message>
    <message>
        <source>Use the newest one that the org offers.</source>
        <translation>Prendre la plus récente que l’organisation offre.</translation>
    </message>
    <message>
        <source>own ceiling of calls reached</source>
        <translation>plafond d’appels atteint</translation>
    </message>
    <message>
        <source>The org has used as many calls today as this program may let it use.</source>
        <translation>L’organisation a utilisé autant d’appels aujourd’hui que ce programme peut le permettre.</translation>
    </message>
    <message>
        <source>Wait until calls are given back, or raise the ceiling.</source>
        <translation>Attendre que des appels se libèrent, ou relever le plafond.</translation>
    </message>
    <message>
        <source>key refused</source>
        <translation>clé refusée</translation>
    </message>
    <message>
        <source>Dialog Insight refuses this key.</source>
        <translation>Dialog Insight refuse cette clé.</translation>
    </message>
    <message>
        <source>Look at the key in Dialog Insight (Users, Web Services): its number and text, whether it is active and not expired, and whether it is allowed from this network address, for these projects and calls.</source>
        <translation>Regarder la clé dans Dialog Insight (Utilisateurs, Services Web)&#xa0;: son numéro et son texte, si elle est active et non expirée, et si elle est permise depuis cette adresse réseau, pour ces projets et ces appels.</translation>
    </message>
    <message>
        <source>no key yet</source>
        <translation>pas encore de clé</translation>
    </message>
    <message>
        <source>There is no key for this connection yet.</source>
        <translation>Il n’y a pas encore de clé pour cette connexion.</translation>
    </message>
    <message>
        <source>Copy the key from Dialog Insight (Users, Web Services).</source>
        <translation>Copier la clé dans Dialog Insight (Utilisateurs, Services Web).</translation>
    </message>
    <message>
        <source>certificate file not usable</source>
        <translation>fichier de certificats inutilisable</translation>
    </message>
    <message>
        <source>The file of certificates of this connection cannot be used.</source>
        <translation>Le fichier de certificats de cette connexion ne peut pas servir.</translation>
    </message>
    <message>
        <source>Choose a readable file of PEM certificates, or none.</source>
        <translation>Choisir un fichier lisible de certificats PEM, ou aucun.</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>injoignable</translation>
    </message>
    <message>
        <source>The address could not be reached.</source>
        <translation>L’adresse n’a pas pu être jointe.</translation>
    </message>
    <message>
        <source>Check the network and the address, then test again.</source>
        <translation>Vérifier le réseau et l’adresse, puis tester de nouveau.</translation>
    </message>
    <message>
        <source>stopped by the proxy</source>
        <translation>arrêtée par le proxy</translation>
    </message>
    <message>
        <source>The proxy of your network did not let the call through.</source>
        <translation>Le proxy du réseau n’a pas laissé passer l’appel.</translation>
    </message>
    <message>
        <source>Who looks after your network lets this address through, or corrects the proxy setting.</source>
        <translation>La personne responsable du réseau laisse passer cette adresse, ou corrige le réglage du proxy.</translation>
    </message>
    <message>
        <source>certificate not trusted</source>
        <translation>certificat non reconnu</translation>
    </message>
    <message>
        <source>The certificate of the address is not trusted by this computer.</source>
        <translation>Cet ordinateur ne fait pas confiance au certificat de l’adresse.</translation>
    </message>
    <message>
        <source>Mostly a company network that inspects https: who looks after it gives you its file of certificates, which you choose in the advanced settings.</source>
        <translation>Souvent, un réseau d’entreprise inspecte le https&#xa0;: la personne responsable donne son fichier de certificats, à choisir dans les réglages avancés.</translation>
    </message>
    <message>
        <source>clock of this computer</source>
        <translation>horloge de cet ordinateur</translation>
    </message>
    <message>
        <source>The certificate of the address is not valid at this computer&apos;s time.</source>
        <translation>Le certificat de l’adresse n’est pas valide à l’heure de cet ordinateur.</translation>
    </message>
    <message>
        <source>Let the system set date and time by itself, then test again. Else the service renews it.</source>
        <translation>Laisser le système régler la date et l’heure, puis tester de nouveau. Sinon, c’est au service de le renouveler.</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>pas de réponse à temps</translation>
    </message>
    <message>
        <source>No answer came in time.</source>
        <translation>Aucune réponse n’est venue à temps.</translation>
    </message>
    <message>
        <source>Test again in a few minutes; the time-out is in the advanced settings.</source>
        <translation>Tester de nouveau dans quelques minutes&#x202f;; le délai est dans les réglages avancés.</translation>
    </message>
    <message>
        <source>answer broken off</source>
        <translation>réponse interrompue</translation>
    </message>
    <message>
        <source>The answer broke off before its end.</source>
        <translation>La réponse s’est interrompue avant la fin.</translation>
    </message>
    <message>
        <source>Check the network, then test again.</source>
        <translation>Vérifier le réseau, puis tester de nouveau.</translation>
    </message>
    <message>
        <source>not answering now</source>
        <translation>ne répond pas pour le moment</translation>
    </message>
    <message>
        <source>The service cannot answer now.</source>
        <translation>Le service ne peut pas répondre pour le moment.</translation>
    </message>
    <message>
        <source>Wait a few minutes, then test again.</source>
        <translation>Attendre quelques minutes, puis tester de nouveau.</translation>
    </message>
    <message>
        <source>answer not understood</source>
        <translation>réponse incompréhensible</translation>
    </message>
    <message>
        <source>Something else than the service has answered.</source>
        <translation>Ce n’est pas le service qui a répondu.</translation>
    </message>
    <message>
        <source>Check the address; a proxy or the sign-in page of a network may stand in between. Then test again.</source>
        <translation>Vérifier l’adresse&#x202f;; un proxy ou la page d’accueil d’un réseau est peut-être entre les deux. Ensuite, tester de nouveau.</translation>
    </message>
    <message>
        <source>key of the Canadian platform</source>
        <translation>clé de la plateforme canadienne</translation>
    </message>
    <message>
        <source>The key is valid, but on the Canadian platform.</source>
        <translation>La clé est valide, mais sur la plateforme canadienne.</translation>
    </message>
    <message>
        <source>Use the Canadian platform</source>
        <translation>Utiliser la plateforme canadienne</translation>
    </message>
    <message>
        <source>key of the French platform</source>
        <translation>clé de la plateforme française</translation>
    </message>
    <message>
        <source>The key is valid, but on the French platform.</source>
        <translation>La clé est valide, mais sur la plateforme française.</translation>
    </message>
    <message>
        <source>Use the French platform</source>
        <translation>Utiliser la plateforme française</translation>
    </message>
    <message>
        <source>Authorize again</source>
        <translation>Autoriser de nouveau</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Tester de nouveau</translation>
    </message>
    <message>
        <source>Show how the app must be</source>
        <translation>Montrer comment régler l’application</translation>
    </message>
    <message>
        <source>Correct the client ID</source>
        <translation>Corriger l’identifiant client</translation>
    </message>
    <message>
        <source>Give the key</source>
        <translation>Donner la clé</translation>
    </message>
    <message>
        <source>Open the advanced settings</source>
        <translation>Ouvrir les réglages avancés</translation>
    </message>
    <message>
        <source>Raise the ceiling</source>
        <translation>Relever le plafond</translation>
    </message>
    <message>
        <source>Use the newest version</source>
        <translation>Prendre la version la plus récente</translation>
    </message>
    <message>
        <source>Each platform has its own accounts and keys.</source>
        <translation>Chaque plateforme a ses comptes et ses clés.</translation>
    </message>
    <message>
        <source>Our sync with Dialog Insight cannot reach Salesforce ({0}, client ID {1}).</source>
        <translation>Notre synchronisation avec Dialog Insight ne peut pas joindre Salesforce ({0}, identifiant client {1}).</translation>
    </message>
    <message>
        <source>Our sync with Salesforce cannot reach Dialog Insight ({0}, key number {1}).</source>
        <translation>Notre synchronisation avec Salesforce ne peut pas joindre Dialog Insight ({0}, numéro de clé {1}).</translation>
    </message>
    <message>
        <source>Details:</source>
        <translation>Détails&#xa0;:</translation>
    </message>
</context>
<context>
    <name>ConnectionsTab</name>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>No connection yet</source>
        <translation>Aucune connexion</translation>
    </message>
    <message>
        <source>Salesforce signs in through your browser; Dialog Insight uses a key that you copy from its page of web services. Tokens and keys stay on this computer.</source>
        <translation>Salesforce s’ouvre dans le navigateur&#x202f;; Dialog Insight utilise une clé à copier depuis sa page de services Web. Jetons et clés restent sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Add the first connection</source>
        <translation>Ajouter la première connexion</translation>
    </message>
    <message>
        <source>not authorized yet</source>
        <translation>pas encore autorisée</translation>
    </message>
    <message>
        <source>{0} · key {1}</source>
        <translation>{0} · clé {1}</translation>
    </message>
    <message>
        <source>Give the client ID first.</source>
        <translation>Donner d’abord l’identifiant client.</translation>
    </message>
    <message>
        <source>&amp;Remove this connection</source>
        <translation>&amp;Retirer cette connexion</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion en cours…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Not authorized</source>
        <translation>Non autorisé</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Pas encore vérifié</translation>
    </message>
    <message>
        <source>Data in both services stays as it is. Undo does not bring the authorization back.</source>
        <translation>Les données des deux services ne changent pas. Annuler ne rend pas l’autorisation.</translation>
    </message>
    <message>
        <source>“{0}” is in use and stays.</source>
        <translation>«&#xa0;{0}&#xa0;» sert encore, et reste.</translation>
    </message>
    <message>
        <source>Remove these first, or let them use another connection: {0}.</source>
        <translation>Retirer d’abord ceci, ou leur donner une autre connexion&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Remove “{0}”?</source>
        <translation>Retirer «&#xa0;{0}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>It is still authorized. Undo brings a connection back, but not an authorization that was withdrawn.</source>
        <translation>Elle est encore autorisée. Annuler rend une connexion, mais pas une autorisation révoquée.</translation>
    </message>
    <message>
        <source>Disconnect and remove</source>
        <translation>Déconnecter et retirer</translation>
    </message>
    <message>
        <source>Remove only</source>
        <translation>Retirer seulement</translation>
    </message>
    <message>
        <source>Remove the connection {0}</source>
        <translation>Retirer la connexion {0}</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Tester</translation>
    </message>
    <message>
        <source>+ &amp;Add connection</source>
        <translation>+ &amp;Ajouter une connexion</translation>
    </message>
    <message>
        <source>A&amp;uthorize again</source>
        <translation>A&amp;utoriser de nouveau</translation>
    </message>
    <message>
        <source>A&amp;uthorize</source>
        <translation>A&amp;utoriser</translation>
    </message>
    <message>
        <source>Disco&amp;nnect</source>
        <translation>Déco&amp;nnecter</translation>
    </message>
    <message>
        <source>Forget the &amp;key</source>
        <translation>&amp;Oublier la clé</translation>
    </message>
    <message>
        <source>What this key may use: {0}</source>
        <translation>Ce que cette clé permet d’utiliser&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Use the newest API version of {0}</source>
        <translation>Prendre la version d’API la plus récente de {0}</translation>
    </message>
    <message>
        <source>Change the platform of {0}</source>
        <translation>Changer la plateforme de {0}</translation>
    </message>
    <message>
        <source>Salesforce withdraws its authorization, and its token is forgotten on this computer. </source>
        <translation>Salesforce révoque son autorisation, et son jeton est oublié sur cet ordinateur. </translation>
    </message>
    <message>
        <source>Its key is forgotten on this computer; in Dialog Insight it stays as it is. </source>
        <translation>Sa clé est oubliée sur cet ordinateur&#x202f;; dans Dialog Insight, elle reste telle quelle. </translation>
    </message>
    <message>
        <source>Disconnect “{0}”?</source>
        <translation>Déconnecter «&#xa0;{0}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Stay connected</source>
        <translation>Rester connecté</translation>
    </message>
</context>
<context>
    <name>ConsentDeeds</name>
    <message>
        <source>Add the opt-in {0}</source>
        <translation>Ajouter l’opt-in {0}</translation>
    </message>
    <message>
        <source>Name new fields for the opt-in {0}</source>
        <translation>Nommer de nouveaux champs pour l’opt-in {0}</translation>
    </message>
    <message>
        <source>Remove the opt-in {0}</source>
        <translation>Retirer l’opt-in {0}</translation>
    </message>
    <message>
        <source>Let {1} carry the opt-in {0}</source>
        <translation>Faire transporter l’opt-in {0} par {1}</translation>
    </message>
    <message>
        <source>Tick “Opt-in changed” of {0}</source>
        <translation>Cocher «&#xa0;Opt-in modifié&#xa0;» de {0}</translation>
    </message>
    <message>
        <source>Write the opt-in {0} to {1}</source>
        <translation>Écrire l’opt-in {0} dans {1}</translation>
    </message>
    <message>
        <source>Invert the opt-in {0}</source>
        <translation>Inverser l’opt-in {0}</translation>
    </message>
    <message>
        <source>Change the date field of the opt-in {0}</source>
        <translation>Changer le champ de date de l’opt-in {0}</translation>
    </message>
    <message>
        <source>Change the source field of the opt-in {0}</source>
        <translation>Changer le champ de provenance de l’opt-in {0}</translation>
    </message>
    <message>
        <source>Change what the answers to {0} become</source>
        <translation>Changer ce que deviennent les réponses à {0}</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Not known</source>
        <translation>Inconnue</translation>
    </message>
    <message>
        <source>One date for the whole file</source>
        <translation>Une date pour tout le fichier</translation>
    </message>
    <message>
        <source>The column {0}</source>
        <translation>La colonne {0}</translation>
    </message>
    <message>
        <source>One text for the whole file</source>
        <translation>Un texte pour tout le fichier</translation>
    </message>
    <message>
        <source>No field</source>
        <translation>Aucun champ</translation>
    </message>
    <message>
        <source>What does {0} tell?</source>
        <translation>Que signifie {0}&#x202f;?</translation>
    </message>
    <message>
        <source>this column</source>
        <translation>cette colonne</translation>
    </message>
    <message>
        <source>&amp;Keep this</source>
        <translation>&amp;Conserver</translation>
    </message>
    <message>
        <source>&amp;Column of the file</source>
        <translation>&amp;Colonne du fichier</translation>
    </message>
    <message>
        <source>C&amp;onsent of Salesforce</source>
        <translation>C&amp;onsentement de Salesforce</translation>
    </message>
    <message>
        <source>&amp;Opt-in of Dialog Insight</source>
        <translation>&amp;Opt-in de Dialog Insight</translation>
    </message>
    <message>
        <source>A yes in the column means</source>
        <translation>Un oui dans la colonne signifie</translation>
    </message>
    <message>
        <source>the person wants it</source>
        <translation>la personne le veut</translation>
    </message>
    <message>
        <source>the person does not want it</source>
        <translation>la personne n’en veut pas</translation>
    </message>
    <message>
        <source>&amp;Since when</source>
        <translation>&amp;Depuis quand</translation>
    </message>
    <message>
        <source>Since this day</source>
        <translation>Depuis ce jour</translation>
    </message>
    <message>
        <source>&amp;Where it was given</source>
        <translation>&amp;Où il a été donné</translation>
    </message>
    <message>
        <source>For example: registration at the fair</source>
        <translation>Par exemple&#xa0;: inscription au salon</translation>
    </message>
    <message>
        <source>Where it was given</source>
        <translation>Où il a été donné</translation>
    </message>
    <message>
        <source>Salesforce field for the &amp;date</source>
        <translation>Champ de Salesforce pour la da&amp;te</translation>
    </message>
    <message>
        <source>Salesforce field for the so&amp;urce</source>
        <translation>Champ de Salesforce pour la so&amp;urce</translation>
    </message>
    <message>
        <source>Without a date and a source, nobody will be subscribed by this.</source>
        <translation>Sans date ni source, personne ne sera abonné.</translation>
    </message>
    <message>
        <source>The source is empty.</source>
        <translation>La source est vide.</translation>
    </message>
    <message>
        <source>Write it, or choose “Not known”.</source>
        <translation>La saisir, ou choisir «&#xa0;Inconnue&#xa0;».</translation>
    </message>
</context>
<context>
    <name>ConsentHistory</name>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Export the consent history</source>
        <translation>Exporter l’historique des consentements</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Consent history</source>
        <translation>Historique des consentements</translation>
    </message>
    <message>
        <source>Name, e-mail or Id</source>
        <translation>Nom ou courriel</translation>
    </message>
    <message>
        <source>Name, e-mail, Salesforce Id, idContact or key of a person</source>
        <translation>Nom, courriel, Id Salesforce, idContact ou clé d’une personne</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>Trou&amp;ver</translation>
    </message>
    <message>
        <source>Find a person to see every answer, where it came from, by which rule, and when it was written to Salesforce.</source>
        <translation>Trouver une personne pour voir chaque réponse, d’où elle vient, par quelle règle, et quand elle a été écrite dans Salesforce.</translation>
    </message>
    <message>
        <source>Nobody who is linked is found by “{0}”.</source>
        <translation>Aucune personne liée n’est trouvée par «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>No answer of this person was read yet.</source>
        <translation>Aucune réponse de cette personne n’a encore été lue.</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>Choisir l’une d’elles.</translation>
    </message>
    <message>
        <source>E&amp;xport this history…</source>
        <translation>E&amp;xporter cet historique…</translation>
    </message>
    <message>
        <source>E&amp;xport everybody’s…</source>
        <translation>E&amp;xporter celui de tous…</translation>
    </message>
    <message>
        <source>Chec&amp;k for changes</source>
        <translation>Vérifier l’inté&amp;grité</translation>
    </message>
    <message>
        <source>Computes the trail’s chain of hashes anew, of everybody</source>
        <translation>Recalcule la chaîne d’empreintes de tout l’historique</translation>
    </message>
    <message>
        <source>Checked at {0}: every entry is as it was written.</source>
        <translation>Vérifié à {0}&#xa0;: chaque entrée est telle qu’elle a été écrite.</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>Rien n’a été modifié</translation>
    </message>
    <message>
        <source>Entry {0} is missing.</source>
        <translation>L’entrée {0} manque.</translation>
    </message>
    <message>
        <source>Entry {0} was changed.</source>
        <translation>L’entrée {0} a été modifiée.</translation>
    </message>
    <message>
        <source>Keep the file of the ledger as it is, and restore a backup. Ask who had access to it.</source>
        <translation>Garder le fichier du registre tel quel et restaurer une sauvegarde. Demander qui y a eu accès.</translation>
    </message>
    <message>
        <source>{0} · idContact {1}</source>
        <translation>{0} · idContact {1}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>opted out in Salesforce</source>
        <translation>désabonné dans Salesforce</translation>
    </message>
    <message>
        <source>no opt-out in Salesforce</source>
        <translation>plus désabonné</translation>
    </message>
    <message>
        <source>written</source>
        <translation>écrit</translation>
    </message>
    <message>
        <source>about to be written</source>
        <translation>sur le point d’être écrit</translation>
    </message>
    <message>
        <source>waits for review</source>
        <translation>à vérifier</translation>
    </message>
    <message>
        <source>refused by Salesforce</source>
        <translation>refusé par Salesforce</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>non écrit</translation>
    </message>
    <message>
        <source>no reply</source>
        <translation>sans réponse reçue</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>non envoyé</translation>
    </message>
    <message>
        <source>opt-out of a merge</source>
        <translation>désabonnement par fusion</translation>
    </message>
    <message>
        <source>{0} · sent {1}</source>
        <translation>{0} · envoyé {1}</translation>
    </message>
    <message>
        <source>Written to Salesforce on {0}.</source>
        <translation>Écrit dans Salesforce le {0}.</translation>
    </message>
    <message>
        <source>Rule: {0}.</source>
        <translation>Règle&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Request {0}.</source>
        <translation>Requête {0}.</translation>
    </message>
    <message>
        <source>Read in an export on {0}.</source>
        <translation>Lu dans un export le {0}.</translation>
    </message>
    <message>
        <source>Read on {0}.</source>
        <translation>Lu le {0}.</translation>
    </message>
    <message>
        <source>Dialog Insight says {0}, and not since when.</source>
        <translation>Dialog Insight dit {0}, sans dire depuis quand.</translation>
    </message>
    <message>
        <source>Dialog Insight says {0} since {1}.</source>
        <translation>Dialog Insight dit {0} depuis le {1}.</translation>
    </message>
    <message>
        <source>On {0}, Salesforce showed an opt-out that somebody made there.</source>
        <translation>Le {0}, Salesforce montrait un désabonnement que quelqu’un y avait fait.</translation>
    </message>
    <message>
        <source>On {0}, Salesforce showed no opt-out any more.</source>
        <translation>Le {0}, Salesforce ne montrait plus de désabonnement.</translation>
    </message>
    <message>
        <source>On {0} it was about to be written; the next run finds out what became of it.</source>
        <translation>Le {0}, c’était sur le point d’être écrit&#x202f;; la prochaine exécution établira ce qu’il en est advenu.</translation>
    </message>
    <message>
        <source>Since {0} it waits for a person’s review; Salesforce stays as it is.</source>
        <translation>Depuis le {0}, cela attend la vérification d’une personne&#x202f;; Salesforce reste inchangé.</translation>
    </message>
    <message>
        <source>Salesforce refused it on {0}.</source>
        <translation>Salesforce l’a refusé le {0}.</translation>
    </message>
    <message>
        <source>On {0} somebody saved the record first, so nothing was written.</source>
        <translation>Le {0}, quelqu’un a enregistré la fiche avant&#x202f;; rien n’a donc été écrit.</translation>
    </message>
    <message>
        <source>On {0} no reply came; a person is taken for its author, to be safe.</source>
        <translation>Le {0}, aucune réponse n’est venue&#x202f;; par prudence, une personne en est tenue pour l’auteur.</translation>
    </message>
    <message>
        <source>On {0} it was not sent.</source>
        <translation>Le {0}, cela n’a pas été envoyé.</translation>
    </message>
    <message>
        <source>On {0} an opt-out came from a record that was merged into this one.</source>
        <translation>Le {0}, un désabonnement est venu d’une fiche fusionnée dans celle-ci.</translation>
    </message>
</context>
<context>
    <name>ConsentsCard</name>
    <message>
        <source>Opt-in</source>
        <translation>Opt-in</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Dialog Insight
says</source>
        <translation>Dialog Insight
dit</translation>
    </message>
    <message>
        <source>Why it waits, and what to do</source>
        <translation>Pourquoi il attend, et que faire</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>Voir l’historique</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>In Salesforce only</source>
        <translation>Dans Salesforce seulement</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>All integrations</source>
        <translation>Toutes les intégrations</translation>
    </message>
</context>
<context>
    <name>ConsentsPage</name>
    <message>
        <source>&amp;Add a consent column…</source>
        <translation>&amp;Ajouter une colonne de consentement…</translation>
    </message>
    <message>
        <source>This destination has no opt-in, and no field that holds a consent.</source>
        <translation>Cette destination n’a ni opt-in ni champ qui porte un consentement.</translation>
    </message>
    <message>
        <source>Consents are never sent to Dialog Insight by an import</source>
        <translation>Une importation n’envoie jamais de consentement à Dialog Insight</translation>
    </message>
    <message>
        <source>What a column tells becomes a file for Dialog Insight’s own dated import, with its date and source. Without a date and a source, nobody will be subscribed.</source>
        <translation>Ce que dit une colonne devient un fichier pour l’importation datée de Dialog Insight, avec sa date et sa source. Sans date ni source, personne ne sera abonné.</translation>
    </message>
    <message>
        <source>A no counts more than a yes</source>
        <translation>Un non l’emporte sur un oui</translation>
    </message>
    <message>
        <source>A no is always written in Salesforce. A yes is written only where Salesforce shows no no at that moment: a file does not prove that the yes came later.</source>
        <translation>Un non est toujours écrit dans Salesforce. Un oui n’est écrit que là où Salesforce ne montre aucun non à ce moment&#xa0;: un fichier ne prouve pas que le oui est venu après.</translation>
    </message>
    <message>
        <source>yes means unsubscribed</source>
        <translation>oui signifie désabonné</translation>
    </message>
    <message>
        <source>by the column {0}</source>
        <translation>selon la colonne {0}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnue</translation>
    </message>
    <message>
        <source>since: {0}</source>
        <translation>depuis&#xa0;: {0}</translation>
    </message>
    <message>
        <source>source: {0}</source>
        <translation>source&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Change what {0} tells</source>
        <translation>Modifier ce que {0} indique</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Laisser de côté</translation>
    </message>
    <message>
        <source>Leave the consent of {0} out</source>
        <translation>Laisser de côté le consentement de {0}</translation>
    </message>
    <message>
        <source>Does {0} say who consents?</source>
        <translation>{0} dit-elle qui consent&#x202f;?</translation>
    </message>
    <message>
        <source>Say what it tells…</source>
        <translation>Préciser ce qu’elle indique…</translation>
    </message>
    <message>
        <source>Say what {0} tells</source>
        <translation>Préciser ce que {0} indique</translation>
    </message>
</context>
<context>
    <name>CorrectionDialog</name>
    <message>
        <source>Correct {0} in Salesforce</source>
        <translation>Corriger {0} dans Salesforce</translation>
    </message>
    <message>
        <source>Correct {0} of {1} in Salesforce</source>
        <translation>Corriger {0} de {1} dans Salesforce</translation>
    </message>
    <message>
        <source>Open in Salesforce</source>
        <translation>Ouvrir dans Salesforce</translation>
    </message>
    <message>
        <source>Write to Salesforce and retry</source>
        <translation>Écrire dans Salesforce et réessayer</translation>
    </message>
    <message>
        <source>Reading the record in Salesforce…</source>
        <translation>Lecture de l’enregistrement dans Salesforce…</translation>
    </message>
    <message>
        <source>What keeps this record is not the value of one mapped field. Look at it there.</source>
        <translation>Ce qui retient cet enregistrement n’est pas la valeur d’un champ mappé. À regarder dans Salesforce.</translation>
    </message>
    <message>
        <source>This value comes from Dialog Insight. Correct it there, then retry.</source>
        <translation>Cette valeur vient de Dialog Insight. La corriger là-bas, puis réessayer.</translation>
    </message>
    <message>
        <source>This person has no record in Salesforce, or no longer has one.</source>
        <translation>Cette personne n’a pas d’enregistrement dans Salesforce, ou n’en a plus.</translation>
    </message>
    <message>
        <source>This field holds a consent. Consents are only ever changed by the person, in Dialog Insight.</source>
        <translation>Ce champ contient un consentement. Seule la personne change un consentement, dans Dialog Insight.</translation>
    </message>
    <message>
        <source>This value belongs to another record. Correct it in that record.</source>
        <translation>Cette valeur appartient à un autre enregistrement. La corriger dans celui-là.</translation>
    </message>
    <message>
        <source>Salesforce does not let this field be written: it is computed there, or your user may not edit it.</source>
        <translation>Salesforce ne laisse pas écrire ce champ&#xa0;: il y est calculé, ou votre utilisateur ne peut pas le modifier.</translation>
    </message>
    <message>
        <source>Values of this kind are corrected in Salesforce itself.</source>
        <translation>Les valeurs de ce genre se corrigent dans Salesforce même.</translation>
    </message>
    <message>
        <source>{0} takes an e-mail address.</source>
        <translation>{0} accepte une adresse de courriel.</translation>
    </message>
    <message>
        <source>{0} takes a number of up to {1} digits, {2} of them decimals.</source>
        <translation>{0} accepte un nombre d’au plus {1} chiffres, dont {2} décimales.</translation>
    </message>
    <message>
        <source>{0} takes a number.</source>
        <translation>{0} accepte un nombre.</translation>
    </message>
    <message>
        <source>{0} takes a date, written YYYY-MM-DD.</source>
        <translation>{0} accepte une date, écrite AAAA-MM-JJ.</translation>
    </message>
    <message>
        <source>{0} takes a date and time, written YYYY-MM-DDTHH:MM:SSZ.</source>
        <translation>{0} accepte une date et une heure, écrites AAAA-MM-JJTHH:MM:SSZ.</translation>
    </message>
    <message>
        <source>{0} takes up to {1}.</source>
        <translation>{0} accepte au plus {1}.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Will be</source>
        <translation>Sera</translation>
    </message>
    <message>
        <source>This is the value that is there now.</source>
        <translation>C’est la valeur qui y est déjà.</translation>
    </message>
</context>
<context>
    <name>CustomTableDialog</name>
    <message>
        <source>Edit the custom table {0}</source>
        <translation>Modifier la table personnalisée {0}</translation>
    </message>
    <message>
        <source>Add a custom table</source>
        <translation>Ajouter une table personnalisée</translation>
    </message>
    <message>
        <source>Dialog Insight tells no program which custom tables a project has. Say it here once, as Dialog Insight shows it under Project, Data Management, Relational Data.</source>
        <translation>Dialog Insight ne dit à aucun programme quelles tables personnalisées un projet possède. Les décrire ici une fois, telles que Dialog Insight les montre sous Projet, Gestion des données, Données relationnelles.</translation>
    </message>
    <message>
        <source>&amp;Keep the table</source>
        <translation>&amp;Enregistrer la table</translation>
    </message>
    <message>
        <source>&amp;Add the table</source>
        <translation>&amp;Ajouter la table</translation>
    </message>
    <message>
        <source>&amp;Number (idTable)</source>
        <translation>&amp;Numéro (idTable)</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>&amp;Code</translation>
    </message>
    <message>
        <source>Fields from a CSV file: &amp;paste its header line</source>
        <translation>Champs d’un fichier CSV&#xa0;: c&amp;oller sa ligne d’en-tête</translation>
    </message>
    <message>
        <source>&amp;Take</source>
        <translation>&amp;Prendre</translation>
    </message>
    <message>
        <source>Take the fields of the pasted line</source>
        <translation>Prendre les champs de la ligne collée</translation>
    </message>
    <message>
        <source>C&amp;hoose a file…</source>
        <translation>C&amp;hoisir un fichier…</translation>
    </message>
    <message>
        <source>Fields; tick those of the primary key</source>
        <translation>Champs&#x202f;; cocher ceux de la clé primaire</translation>
    </message>
    <message>
        <source>The number of the table is missing; web services address a table by it (idTable).</source>
        <translation>Le numéro de la table manque&#x202f;; les services web désignent une table par lui (idTable).</translation>
    </message>
    <message>
        <source>The code of the table is missing.</source>
        <translation>Le code de la table manque.</translation>
    </message>
    <message>
        <source>The table has no field yet.</source>
        <translation>La table n’a encore aucun champ.</translation>
    </message>
    <message>
        <source>No field is ticked as primary key yet.</source>
        <translation>Aucun champ n’est encore coché comme clé primaire.</translation>
    </message>
    <message>
        <source>Take the fields of a CSV file</source>
        <translation>Prendre les champs d’un fichier CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv *.txt *.tsv)</source>
        <translation>Fichiers CSV (*.csv *.txt *.tsv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>des tabulations</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>des virgules</translation>
    </message>
    <message>
        <source>semicolons</source>
        <translation>des points-virgules</translation>
    </message>
    <message>
        <source>{0} taken, separated by {1}; no row of the file was read. Pick the types and the key.</source>
        <translation>{0} pris, séparés par {1}&#x202f;; aucune ligne de données n’a été lue. Choisir les types et la clé.</translation>
    </message>
</context>
<context>
    <name>DestinationDialog</name>
    <message>
        <source>Add a destination project</source>
        <translation>Ajouter un projet de destination</translation>
    </message>
    <message>
        <source>A project of Dialog Insight that this file fills, or from which new people come.</source>
        <translation>Un projet de Dialog Insight que ce fichier remplit, ou d’où viennent de nouvelles personnes.</translation>
    </message>
    <message>
        <source>&amp;Add the project</source>
        <translation>&amp;Ajouter le projet</translation>
    </message>
    <message>
        <source>&amp;Connection</source>
        <translation>&amp;Connexion</translation>
    </message>
    <message>
        <source>&amp;Dialog Insight project</source>
        <translation>Projet &amp;Dialog Insight</translation>
    </message>
    <message>
        <source>Time &amp;zone of its dates</source>
        <translation>Fusea&amp;u horaire de ses dates</translation>
    </message>
    <message>
        <source>Where do new people appear first?</source>
        <translation>Où les nouvelles personnes apparaissent-elles d’abord&#x202f;?</translation>
    </message>
    <message>
        <source>In Salesforce</source>
        <translation>Dans Salesforce</translation>
    </message>
    <message>
        <source>Type A: contacts and leads are sent to this project. Changes and opt-ins can go back. Its key is the Salesforce Id.</source>
        <translation>Type A&#xa0;: les contacts et les pistes sont envoyés à ce projet. Les modifications et les opt-ins peuvent revenir. Sa clé est l’identifiant Salesforce.</translation>
    </message>
    <message>
        <source>In Dialog Insight</source>
        <translation>Dans Dialog Insight</translation>
    </message>
    <message>
        <source>Type B: people who fill in a form here are created in Salesforce. Its key is the e-mail, since they have no Salesforce Id yet.</source>
        <translation>Type B&#xa0;: les personnes qui remplissent un formulaire ici sont créées dans Salesforce. Sa clé est le courriel, car elles n’ont pas encore d’identifiant Salesforce.</translation>
    </message>
    <message>
        <source>Primary &amp;key</source>
        <translation>C&amp;lé primaire</translation>
    </message>
    <message>
        <source>No field looks like one for a Salesforce Id: pick the primary key.</source>
        <translation>Aucun champ ne semble fait pour un identifiant Salesforce&#xa0;: choisir la clé primaire.</translation>
    </message>
    <message>
        <source>As Dialog Insight says.</source>
        <translation>Comme l’indique Dialog Insight.</translation>
    </message>
    <message>
        <source>It suits this type.</source>
        <translation>Elle convient à ce type.</translation>
    </message>
    <message>
        <source>Dialog Insight says that the key is {0}.</source>
        <translation>Dialog Insight indique que la clé est {0}.</translation>
    </message>
    <message>
        <source>Too short: a Salesforce Id has 18 characters.</source>
        <translation>Trop courte&#xa0;: un identifiant Salesforce a 18 caractères.</translation>
    </message>
    <message>
        <source>It holds no Salesforce Id. Pick another field, another type or another project.</source>
        <translation>Elle ne contient pas d’identifiant Salesforce. Choisir un autre champ, un autre type ou un autre projet.</translation>
    </message>
    <message>
        <source>It is no e-mail. Pick another field, another type or another project.</source>
        <translation>Ce n’est pas un courriel. Choisir un autre champ, un autre type ou un autre projet.</translation>
    </message>
    <message>
        <source>This account is not connected yet: give its key on the Connections tab.</source>
        <translation>Ce compte n’est pas encore connecté&#xa0;: donner sa clé dans l’onglet Connexions.</translation>
    </message>
    <message>
        <source>Reading the projects of the account…</source>
        <translation>Lecture des projets du compte…</translation>
    </message>
    <message>
        <source>Every project that the key reaches is in this file already.</source>
        <translation>Tous les projets que la clé atteint sont déjà dans ce fichier.</translation>
    </message>
    <message>
        <source>Its fields are read as soon as you pick it.</source>
        <translation>Ses champs sont lus dès qu’il est choisi.</translation>
    </message>
    <message>
        <source>Reading its fields…</source>
        <translation>Lecture de ses champs…</translation>
    </message>
    <message>
        <source>{0} and {1} read.</source>
        <translation>{0} et {1} lus.</translation>
    </message>
</context>
<context>
    <name>DestinationStep</name>
    <message>
        <source>Where do the rows go?</source>
        <translation>Où vont les lignes&#x202f;?</translation>
    </message>
    <message>
        <source>&amp;Next: the file</source>
        <translation>&amp;Suite&#xa0;: le fichier</translation>
    </message>
    <message>
        <source>Say how rows find their record.</source>
        <translation>Préciser comment une ligne trouve son enregistrement.</translation>
    </message>
    <message>
        <source>Reading the fields…</source>
        <translation>Lecture des champs…</translation>
    </message>
    <message>
        <source>Search a table or an object</source>
        <translation>Chercher une table ou un objet</translation>
    </message>
    <message>
        <source>Tables and objects</source>
        <translation>Tables et objets</translation>
    </message>
    <message>
        <source>Contact list</source>
        <translation>Liste de contacts</translation>
    </message>
    <message>
        <source>rows are found by {0}</source>
        <translation>lignes reconnues par {0}</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Choose a table or an object</source>
        <translation>Choisir une table ou un objet</translation>
    </message>
    <message>
        <source>A project of Dialog Insight with its contact list and tables, or an org of Salesforce.</source>
        <translation>Un projet de Dialog Insight avec sa liste de contacts et ses tables, ou une organisation Salesforce.</translation>
    </message>
    <message>
        <source>Nothing is sent before you have seen what the check finds.</source>
        <translation>Rien n’est envoyé avant que vous ayez vu le résultat de la vérification.</translation>
    </message>
    <message>
        <source>Reading its fields…</source>
        <translation>Lecture de ses champs…</translation>
    </message>
    <message>
        <source>What a row may do</source>
        <translation>Ce qu’une ligne peut faire</translation>
    </message>
    <message>
        <source>Rows find their record by</source>
        <translation>Une ligne trouve son enregistrement par</translation>
    </message>
    <message>
        <source>The primary key of this table in Dialog Insight.</source>
        <translation>La clé primaire de cette table dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Nothing: every row makes a record</source>
        <translation>Rien&#xa0;: chaque ligne crée un enregistrement</translation>
    </message>
    <message>
        <source>This object has no external id. Let rows update only, by Id, or create only.</source>
        <translation>Cet objet n’a pas d’identifiant externe. Laisser les lignes mettre à jour seulement, par Id, ou créer seulement.</translation>
    </message>
    <message>
        <source>Rows find their record &amp;by</source>
        <translation>Une ligne trouve son enregistrement &amp;par</translation>
    </message>
    <message>
        <source>No consent is sent by an import: people who have not consented stay people who are not written to, and nobody becomes subscribed.</source>
        <translation>Une importation n’envoie aucun consentement&#xa0;: on n’écrit toujours pas à qui n’a pas consenti, et personne ne devient abonné.</translation>
    </message>
    <message>
        <source>Consents are careful here: a no in the file is always written, a yes only where nobody has said no.</source>
        <translation>Les consentements sont prudents ici&#xa0;: un non du fichier est toujours écrit, un oui seulement là où personne n’a dit non.</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>DialogInsightCard</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Key number</source>
        <translation>Numéro de clé</translation>
    </message>
    <message>
        <source>The key is kept in</source>
        <translation>Clé conservée dans</translation>
    </message>
    <message>
        <source>Rename {0} to {1}</source>
        <translation>Renommer {0} en {1}</translation>
    </message>
    <message>
        <source>Change the key number of {0}</source>
        <translation>Changer le numéro de clé de {0}</translation>
    </message>
    <message>
        <source>Change the platform of {0}</source>
        <translation>Changer la plateforme de {0}</translation>
    </message>
</context>
<context>
    <name>DoubtfulNotice</name>
    <message>
        <source>See the run</source>
        <translation>Voir l’exécution</translation>
    </message>
    <message>
        <source>Compare everything again…</source>
        <translation>Tout comparer de nouveau…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>DuplicateMapping</name>
    <message>
        <source>Duplicate {0}</source>
        <translation>Dupliquer {0}</translation>
    </message>
    <message>
        <source>The copy starts as a draft, with the same pairs and settings.</source>
        <translation>La copie commence comme brouillon, avec les mêmes paires et les mêmes réglages.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <source>Destination &amp;project</source>
        <translation>&amp;Projet de destination</translation>
    </message>
    <message>
        <source>Contact list</source>
        <translation>Liste de contacts</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Table</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>“{0}” ties this object to this table already.</source>
        <translation>«&#xa0;{0}&#xa0;» lie déjà cet objet à cette table.</translation>
    </message>
    <message>
        <source>Choose another project or table for the copy.</source>
        <translation>Choisir un autre projet ou une autre table pour la copie.</translation>
    </message>
</context>
<context>
    <name>ErrorNotice</name>
    <message>
        <source>Learn more</source>
        <translation>En savoir plus</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>The project file has an error.</source>
        <translation>Le fichier de projet contient une erreur.</translation>
    </message>
    <message>
        <source>Correct the project file, then open it again.</source>
        <translation>Corriger le fichier de projet, puis l’ouvrir de nouveau.</translation>
    </message>
    <message>
        <source>The service no longer accepts our authorization.</source>
        <translation>Le service n’accepte plus l’autorisation.</translation>
    </message>
    <message>
        <source>Authorize the connection again, on the Connections tab.</source>
        <translation>Autoriser de nouveau la connexion, sous l’onglet Connexions.</translation>
    </message>
    <message>
        <source>The service refuses access: a right is missing, or this address is not allowed.</source>
        <translation>Le service refuse l’accès&#xa0;: un droit manque, ou cette adresse n’est pas permise.</translation>
    </message>
    <message>
        <source>Ask the administrator of the service for this right, then test the connection.</source>
        <translation>Demander ce droit à l’administrateur du service, puis tester la connexion.</translation>
    </message>
    <message>
        <source>The service does not answer.</source>
        <translation>Le service ne répond pas.</translation>
    </message>
    <message>
        <source>Check the network, wait a few minutes, then try again.</source>
        <translation>Vérifier le réseau, attendre quelques minutes, puis réessayer.</translation>
    </message>
    <message>
        <source>The allowance of calls is used up.</source>
        <translation>Le nombre d’appels permis est épuisé.</translation>
    </message>
    <message>
        <source>Wait until the allowance is renewed, or ask an administrator to raise it.</source>
        <translation>Attendre son renouvellement, ou demander à un administrateur de l’augmenter.</translation>
    </message>
    <message>
        <source>The service gave an answer that cannot be understood.</source>
        <translation>Le service a donné une réponse incompréhensible.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, report it with the details.</source>
        <translation>Réessayer&#x202f;; si cela se reproduit, le signaler avec les détails.</translation>
    </message>
    <message>
        <source>An object, a field, a project or a table that is used is no longer there.</source>
        <translation>Un objet, un champ, un projet ou une table utilisés n’existent plus.</translation>
    </message>
    <message>
        <source>Correct the mapping, or ask for the right to see it again.</source>
        <translation>Corriger le mappage, ou demander le droit d’y accéder de nouveau.</translation>
    </message>
    <message>
        <source>There is no trusted place open for secrets.</source>
        <translation>Aucun endroit sûr n’est ouvert pour les secrets.</translation>
    </message>
    <message>
        <source>Unlock the keyring of your computer, or start with --secrets FILE.</source>
        <translation>Déverrouiller le trousseau de l’ordinateur, ou démarrer avec --secrets FICHIER.</translation>
    </message>
    <message>
        <source>What the program remembers cannot be read.</source>
        <translation>La mémoire du programme est illisible.</translation>
    </message>
    <message>
        <source>See the details; your data in both services is untouched.</source>
        <translation>Voir les détails&#x202f;; les données des deux services sont intactes.</translation>
    </message>
    <message>
        <source>What the program remembers was written by a newer version.</source>
        <translation>La mémoire du programme provient d’une version plus récente.</translation>
    </message>
    <message>
        <source>Install the newer version of the program.</source>
        <translation>Installer la version plus récente du programme.</translation>
    </message>
    <message>
        <source>What the program remembers is damaged.</source>
        <translation>La mémoire du programme est endommagée.</translation>
    </message>
    <message>
        <source>Put a backup back: the Activity tab shows those there are.</source>
        <translation>Remettre une sauvegarde en place&#xa0;: l’onglet Activité montre celles qu’il y a.</translation>
    </message>
    <message>
        <source>Another run of this project is under way.</source>
        <translation>Une autre exécution de ce projet est en cours.</translation>
    </message>
    <message>
        <source>Wait until it ends, then try again.</source>
        <translation>Attendre qu’elle se termine, puis réessayer.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Le disque est plein.</translation>
    </message>
    <message>
        <source>Make room on the disk, then try again. Nothing was lost.</source>
        <translation>Libérer de l’espace sur le disque, puis réessayer. Rien n’est perdu.</translation>
    </message>
    <message>
        <source>The run was stopped at your request.</source>
        <translation>L’exécution a été arrêtée sur demande.</translation>
    </message>
    <message>
        <source>Sync again when you want; it goes on where it stopped.</source>
        <translation>Synchroniser de nouveau au moment voulu&#x202f;; l’exécution reprend où elle s’est arrêtée.</translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation>Le service n’a pas répondu à temps.</translation>
    </message>
    <message>
        <source>The project file was changed by another program.</source>
        <translation>Le fichier de projet a été modifié par un autre programme.</translation>
    </message>
    <message>
        <source>Read it again and lose the last changes made here, or write over it.</source>
        <translation>Le relire et perdre les dernières modifications faites ici, ou écrire par-dessus.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Le fichier est illisible.</translation>
    </message>
    <message>
        <source>Choose another file; the details say what is wrong with this one.</source>
        <translation>Choisir un autre fichier&#x202f;; les détails disent ce qui ne va pas avec celui-ci.</translation>
    </message>
    <message>
        <source>A run is under way.</source>
        <translation>Une exécution est en cours.</translation>
    </message>
    <message>
        <source>Stop it, or wait for its end, then open the other project file.</source>
        <translation>L’arrêter ou attendre sa fin, puis ouvrir l’autre fichier de projet.</translation>
    </message>
    <message>
        <source>The simulated services have ended.</source>
        <translation>Les services simulés se sont arrêtés.</translation>
    </message>
    <message>
        <source>Start the rehearsal again. The details give their last words.</source>
        <translation>Recommencer la répétition. Les détails donnent leurs derniers mots.</translation>
    </message>
    <message>
        <source>Somebody saved this record in Salesforce meanwhile, so nothing was written.</source>
        <translation>Quelqu’un a enregistré cette fiche dans Salesforce entre-temps&#x202f;; rien n’a donc été écrit.</translation>
    </message>
    <message>
        <source>Look at the value that is there now, then write again or leave it.</source>
        <translation>Regarder la valeur qui y est maintenant, puis écrire de nouveau ou la laisser.</translation>
    </message>
    <message>
        <source>Salesforce did not take the value.</source>
        <translation>Salesforce n’a pas accepté la valeur.</translation>
    </message>
    <message>
        <source>Correct it in Salesforce itself; the details have its reason.</source>
        <translation>La corriger dans Salesforce même&#x202f;; les détails donnent sa raison.</translation>
    </message>
    <message>
        <source>This record does not wait any more.</source>
        <translation>Cet enregistrement n’attend plus.</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>Regarder de nouveau la liste.</translation>
    </message>
    <message>
        <source>The file cannot be imported.</source>
        <translation>Le fichier ne peut pas être importé.</translation>
    </message>
    <message>
        <source>This import is not kept any more.</source>
        <translation>Cette importation n’est plus conservée.</translation>
    </message>
    <message>
        <source>Check the file again.</source>
        <translation>Vérifier le fichier de nouveau.</translation>
    </message>
    <message>
        <source>The saved preview cannot be used any more.</source>
        <translation>L’aperçu enregistré n’est plus utilisable.</translation>
    </message>
    <message>
        <source>Preview the changes again.</source>
        <translation>Refaire l’aperçu des changements.</translation>
    </message>
    <message>
        <source>The program met a mistake of its own.</source>
        <translation>Le programme a rencontré une de ses propres erreurs.</translation>
    </message>
    <message>
        <source>The run ended unexpectedly.</source>
        <translation>L’exécution s’est terminée de façon inattendue.</translation>
    </message>
    <message>
        <source>Sync again: it goes on where it ended. If it happens again, report it with the details.</source>
        <translation>Synchroniser de nouveau&#xa0;: l’exécution reprend où elle s’est terminée. Si cela se reproduit, le signaler avec les détails.</translation>
    </message>
</context>
<context>
    <name>FieldDialog</name>
    <message>
        <source>Search label, code or type</source>
        <translation>Chercher par libellé, code ou type</translation>
    </message>
</context>
<context>
    <name>FieldLinks</name>
    <message>
        <source>Create field…</source>
        <translation>Créer un champ…</translation>
    </message>
    <message>
        <source>Create a field for: {0}</source>
        <translation>Créer un champ pour&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Install it…</source>
        <translation>L’installer…</translation>
    </message>
    <message>
        <source>Install the field for: {0}</source>
        <translation>Installer le champ pour&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open a project file</source>
        <translation>Ouvrir un fichier de projet</translation>
    </message>
    <message>
        <source>New project file</source>
        <translation>Nouveau fichier de projet</translation>
    </message>
    <message>
        <source>My project</source>
        <translation>Mon projet</translation>
    </message>
    <message>
        <source>Where the new project file goes</source>
        <translation>Emplacement du nouveau fichier de projet</translation>
    </message>
    <message>
        <source>Save a copy as</source>
        <translation>Enregistrer une copie sous</translation>
    </message>
    <message>
        <source>{0}, without names</source>
        <translation>{0}, sans les noms</translation>
    </message>
    <message>
        <source>Export a copy without names</source>
        <translation>Exporter une copie sans les noms</translation>
    </message>
    <message>
        <source>Rename {0} to {1}</source>
        <translation>Renommer {0} en {1}</translation>
    </message>
    <message>
        <source>Project files (*.disf.yaml)</source>
        <translation>Fichiers de projet (*.disf.yaml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>FileNotice</name>
    <message>
        <source>Write over it</source>
        <translation>Écrire par-dessus</translation>
    </message>
    <message>
        <source>“{0}” was changed by another program</source>
        <translation>«&#xa0;{0}&#xa0;» a été modifié par un autre programme</translation>
    </message>
    <message>
        <source>The last changes made here are not in the file. Reading it again loses them.</source>
        <translation>Les dernières modifications faites ici ne sont pas dans le fichier. Le relire les fait perdre.</translation>
    </message>
    <message>
        <source>Read the file again</source>
        <translation>Relire le fichier</translation>
    </message>
    <message>
        <source>The last changes are not in “{0}”</source>
        <translation>Les dernières modifications ne sont pas dans «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>L’écrire de nouveau</translation>
    </message>
    <message>
        <source>What is on screen is what it held before.</source>
        <translation>L’écran montre ce qu’il contenait avant.</translation>
    </message>
    <message>
        <source>“{0}” is no longer in its folder</source>
        <translation>«&#xa0;{0}&#xa0;» n’est plus dans son dossier</translation>
    </message>
    <message>
        <source>Another program has moved or removed it. The next change made here writes it anew.</source>
        <translation>Un autre programme l’a déplacé ou supprimé. La prochaine modification faite ici l’écrit de nouveau.</translation>
    </message>
</context>
<context>
    <name>FileStep</name>
    <message>
        <source>Which file?</source>
        <translation>Quel fichier&#x202f;?</translation>
    </message>
    <message>
        <source>Is the file read as it should be?</source>
        <translation>Le fichier est-il bien lu&#x202f;?</translation>
    </message>
    <message>
        <source>&amp;Next: the columns</source>
        <translation>&amp;Suite&#xa0;: les colonnes</translation>
    </message>
    <message>
        <source>Reading the first rows…</source>
        <translation>Lecture des premières lignes…</translation>
    </message>
    <message>
        <source>Say first how its dates are written.</source>
        <translation>Indiquer d’abord le format de ses dates.</translation>
    </message>
    <message>
        <source>&amp;Rows that are too short: take the missing last cells as empty</source>
        <translation>&amp;Lignes trop courtes&#xa0;: considérer les dernières cellules manquantes comme vides</translation>
    </message>
    <message>
        <source>The first rows of the file</source>
        <translation>Les premières lignes du fichier</translation>
    </message>
    <message>
        <source>Drop a file here</source>
        <translation>Déposer un fichier ici</translation>
    </message>
    <message>
        <source>CSV or text from any program, an Excel workbook (.xlsx), or a .zip with one such text. Rows copied from a spreadsheet can be pasted. The file itself is never changed.</source>
        <translation>CSV ou texte de n’importe quel programme, classeur Excel (.xlsx), ou .zip avec un tel texte. Des lignes copiées d’un tableur peuvent être collées. Le fichier lui-même n’est jamais modifié.</translation>
    </message>
    <message>
        <source>&amp;Choose a file…</source>
        <translation>&amp;Choisir un fichier…</translation>
    </message>
    <message>
        <source>&amp;Paste rows</source>
        <translation>C&amp;oller des lignes</translation>
    </message>
    <message>
        <source>&amp;Choose another file…</source>
        <translation>&amp;Choisir un autre fichier…</translation>
    </message>
    <message>
        <source>Choose &amp;another file…</source>
        <translation>Choisir un &amp;autre fichier…</translation>
    </message>
    <message>
        <source>Pasted rows</source>
        <translation>Lignes collées</translation>
    </message>
    <message>
        <source>{0} KB</source>
        <translation>{0} Ko</translation>
    </message>
    <message>
        <source>How are the dates of this file written?</source>
        <translation>Comment les dates de ce fichier sont-elles écrites&#x202f;?</translation>
    </message>
    <message>
        <source>The columns go where those of “{0}” went; look at them at the next step.</source>
        <translation>Les colonnes vont où allaient celles de «&#xa0;{0}&#xa0;»&#x202f;; les regarder à l’étape suivante.</translation>
    </message>
    <message>
        <source>The same columns as last time</source>
        <translation>Les mêmes colonnes que la dernière fois</translation>
    </message>
    <message>
        <source>Row {0}</source>
        <translation>Ligne {0}</translation>
    </message>
    <message>
        <source>No row: by their place</source>
        <translation>Aucune ligne&#xa0;: par leur place</translation>
    </message>
    <message>
        <source>Choose the file to import</source>
        <translation>Choisir le fichier à importer</translation>
    </message>
    <message>
        <source>Files of rows (*.csv *.txt *.tsv *.tab *.xlsx *.zip)</source>
        <translation>Fichiers de lignes (*.csv *.txt *.tsv *.tab *.xlsx *.zip)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Open it in the program that made it, save it as CSV or .xlsx, and give that.</source>
        <translation>L’ouvrir dans le programme qui l’a fait, l’enregistrer en CSV ou .xlsx, et choisir cela.</translation>
    </message>
    <message>
        <source>Unpack it, and give the file in it.</source>
        <translation>Le décompresser, et choisir le fichier qu’il contient.</translation>
    </message>
    <message>
        <source>Export it again, and look whether the export has rows.</source>
        <translation>L’exporter de nouveau, et regarder si l’export a des lignes.</translation>
    </message>
    <message>
        <source>Open it in Excel, save it as .xlsx or CSV UTF-8, and give that.</source>
        <translation>L’ouvrir dans Excel, l’enregistrer en .xlsx ou CSV UTF-8, et choisir cela.</translation>
    </message>
    <message>
        <source>Copy or export it again, then begin again: no row is imported twice.</source>
        <translation>Le copier ou l’exporter de nouveau, puis recommencer&#xa0;: aucune ligne n’est importée deux fois.</translation>
    </message>
    <message>
        <source>The file is not there.</source>
        <translation>Le fichier n’est pas là.</translation>
    </message>
    <message>
        <source>Look whether it was moved or renamed, then choose it.</source>
        <translation>Regarder s’il a été déplacé ou renommé, puis le choisir.</translation>
    </message>
    <message>
        <source>The file cannot be opened: another program holds it, or you may not read it.</source>
        <translation>Le fichier ne s’ouvre pas&#xa0;: un autre programme le tient, ou vous n’avez pas le droit de le lire.</translation>
    </message>
    <message>
        <source>Close it in other programs, or ask its owner for the right to read it.</source>
        <translation>Le fermer dans les autres programmes, ou demander à son propriétaire le droit de le lire.</translation>
    </message>
    <message>
        <source>The file cannot be opened.</source>
        <translation>Le fichier ne s’ouvre pas.</translation>
    </message>
    <message>
        <source>Copy it to a folder of this computer, then choose the copy.</source>
        <translation>Le copier dans un dossier de cet ordinateur, puis choisir la copie.</translation>
    </message>
    <message>
        <source>This is a link to another file.</source>
        <translation>C’est un lien vers un autre fichier.</translation>
    </message>
    <message>
        <source>Give the file that it points to.</source>
        <translation>Choisir le fichier qu’il désigne.</translation>
    </message>
    <message>
        <source>This is a folder.</source>
        <translation>C’est un dossier.</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>Choisir un fichier dedans.</translation>
    </message>
    <message>
        <source>This is no ordinary file.</source>
        <translation>Ce n’est pas un fichier ordinaire.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Le fichier est vide.</translation>
    </message>
    <message>
        <source>The file has no row below its header.</source>
        <translation>Le fichier n’a aucune ligne sous ses noms de colonnes.</translation>
    </message>
    <message>
        <source>This is a PDF document, not a file of rows.</source>
        <translation>C’est un document PDF, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is an image, not a file of rows.</source>
        <translation>C’est une image, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a document of another program, not a file of rows.</source>
        <translation>C’est un document d’un autre programme, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a database, not a file of rows.</source>
        <translation>C’est une base de données, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a program, not a file of rows.</source>
        <translation>C’est un programme, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a file of address cards (vCard), not a file of rows.</source>
        <translation>Ce sont des cartes d’adresses (vCard), pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a web page, though its name may say Excel: some programs export so.</source>
        <translation>C’est une page Web, même si son nom dit Excel&#xa0;: certains programmes exportent ainsi.</translation>
    </message>
    <message>
        <source>This is an XML document, not a file of rows.</source>
        <translation>C’est un document XML, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is a JSON document, not a file of rows.</source>
        <translation>C’est un document JSON, pas un fichier de lignes.</translation>
    </message>
    <message>
        <source>This is no text: most of its bytes are no characters.</source>
        <translation>Ce n’est pas un texte&#xa0;: la plupart de ses octets ne sont pas des caractères.</translation>
    </message>
    <message>
        <source>The file is packed in a way that is not read here.</source>
        <translation>Le fichier est compressé d’une façon qui n’est pas lue ici.</translation>
    </message>
    <message>
        <source>The .zip holds a packed file or a workbook, not a text.</source>
        <translation>Le .zip contient un fichier compressé ou un classeur, pas un texte.</translation>
    </message>
    <message>
        <source>The .zip holds several files; which one is meant, is not known.</source>
        <translation>Le .zip contient plusieurs fichiers&#x202f;; on ne sait pas lequel prendre.</translation>
    </message>
    <message>
        <source>Unpack it, and give the file with the rows.</source>
        <translation>Le décompresser, et choisir le fichier qui a les lignes.</translation>
    </message>
    <message>
        <source>The .zip would unpack to far more than a table ever needs.</source>
        <translation>Le .zip se décompresserait en bien plus qu’aucune table.</translation>
    </message>
    <message>
        <source>Unpack it, look at what it holds, and give that.</source>
        <translation>Le décompresser, regarder ce qu’il contient, et choisir cela.</translation>
    </message>
    <message>
        <source>The file is protected by a password.</source>
        <translation>Le fichier est protégé par un mot de passe.</translation>
    </message>
    <message>
        <source>Open it, save a copy without password, and give that.</source>
        <translation>L’ouvrir, enregistrer une copie sans mot de passe, et la choisir.</translation>
    </message>
    <message>
        <source>This is a workbook of Excel 97–2003 (.xls).</source>
        <translation>C’est un classeur d’Excel 97–2003 (.xls).</translation>
    </message>
    <message>
        <source>This is a binary workbook (.xlsb).</source>
        <translation>C’est un classeur binaire (.xlsb).</translation>
    </message>
    <message>
        <source>The file is damaged, or was cut while it was copied.</source>
        <translation>Le fichier est abîmé, ou a été coupé pendant sa copie.</translation>
    </message>
    <message>
        <source>This encoding is not known here.</source>
        <translation>Ce codage n’est pas connu ici.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>En choisir un autre.</translation>
    </message>
    <message>
        <source>The workbook has no such sheet any more.</source>
        <translation>Le classeur n’a plus cette feuille.</translation>
    </message>
    <message>
        <source>The file was changed while it was read.</source>
        <translation>Le fichier a été modifié pendant sa lecture.</translation>
    </message>
    <message>
        <source>Close it in other programs, then begin again.</source>
        <translation>Le fermer dans les autres programmes, puis recommencer.</translation>
    </message>
    <message>
        <source>The file cannot be read to its end: it is damaged, or its disk is gone.</source>
        <translation>Le fichier ne se lit pas jusqu’à la fin&#xa0;: il est abîmé, ou son disque n’est plus là.</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>How changes made in Dialog Insight are found</source>
        <translation>Comment les modifications faites dans Dialog Insight sont trouvées</translation>
    </message>
    <message>
        <source>By their date, where the account tells it, and besides in these ways. What is seen late is sent late.</source>
        <translation>Par leur date, quand le compte la donne, et de plus de ces façons. Ce qui est vu tard est envoyé tard.</translation>
    </message>
    <message>
        <source>People &amp;looked up in each run</source>
        <translation>Personnes véri&amp;fiées à chaque exécution</translation>
    </message>
    <message>
        <source>Those not seen for longest first; each is one call.</source>
        <translation>D’abord celles non vues depuis le plus longtemps&#x202f;; un appel pour chacune.</translation>
    </message>
    <message>
        <source>Nobody is looked up.</source>
        <translation>Personne n’est vérifié.</translation>
    </message>
    <message>
        <source>Folder of exports</source>
        <translation>Dossier des exports</translation>
    </message>
    <message>
        <source>No folder is named</source>
        <translation>Aucun dossier n’est indiqué</translation>
    </message>
    <message>
        <source>Exports of this project that appear there as CSV files are read.</source>
        <translation>Les exports de ce projet qui y apparaissent en fichiers CSV sont lus.</translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>C&amp;hoisir un dossier…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Name no folder of exports</source>
        <translation>N’indiquer aucun dossier d’exports</translation>
    </message>
    <message>
        <source>By the empty field {0}</source>
        <translation>Par le champ vide {0}</translation>
    </message>
    <message>
        <source>New people</source>
        <translation>Nouvelles personnes</translation>
    </message>
    <message>
        <source>Oldest look at a person</source>
        <translation>Plus ancien regard sur une personne</translation>
    </message>
    <message>
        <source>Look up {1} of {0}</source>
        <translation>Vérifier {1} de {0}</translation>
    </message>
    <message>
        <source>Read the exports of {0} from a folder</source>
        <translation>Lire les exports de {0} dans un dossier</translation>
    </message>
    <message>
        <source>Read no exports of {0}</source>
        <translation>Ne lire aucun export de {0}</translation>
    </message>
</context>
<context>
    <name>FlowDiagram</name>
    <message>
        <source>What flows</source>
        <translation>Ce qui circule</translation>
    </message>
    <message>
        <source>{0} to {1}: {2}</source>
        <translation>{0} vers {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>Nothing flows yet.</source>
        <translation>Rien ne circule encore.</translation>
    </message>
    <message>
        <source>created</source>
        <translation>créés</translation>
    </message>
    <message>
        <source>updated</source>
        <translation>modifiés</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>supprimés</translation>
    </message>
    <message>
        <source>opt-ins</source>
        <translation>opt-ins</translation>
    </message>
    <message>
        <source>{0} (off)</source>
        <translation>{0} (désactivé)</translation>
    </message>
    <message>
        <source>type {0} · key: {1}</source>
        <translation>type {0} · clé&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation>Afficher {0}</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Key {0}/{1}</source>
        <translation>Clé {0}/{1}</translation>
    </message>
    <message>
        <source>required {0}/{1}</source>
        <translation>requis {0}/{1}</translation>
    </message>
    <message>
        <source>Suggested: {0} ({1}). Enter accepts, Escape dismisses.</source>
        <translation>Suggestion&#xa0;: {0} ({1}). Entrée pour accepter, Échap pour écarter.</translation>
    </message>
    <message>
        <source>Choose a field with a dotted line to see what is suggested.</source>
        <translation>Choisir un champ relié en pointillé pour voir ce qui est suggéré.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Écarter</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Maj+Entrée</translation>
    </message>
</context>
<context>
    <name>FoundNotice</name>
    <message>
        <source>Everything of “{0}” was compared with what was known</source>
        <translation>Tout «&#xa0;{0}&#xa0;» a été comparé à ce qui était connu</translation>
    </message>
</context>
<context>
    <name>FromNowDialog</name>
    <message>
        <source>Start “{0}” from now</source>
        <translation>Faire partir «&#xa0;{0}&#xa0;» de maintenant</translation>
    </message>
    <message>
        <source>Start from now</source>
        <translation>Partir de maintenant</translation>
    </message>
    <message>
        <source>Both services are read, and nothing is written to either of them. It takes about as long as a preview, and can be stopped at any time.</source>
        <translation>Les deux services sont lus, et rien n’y est écrit. C’est à peu près aussi long qu’un aperçu, et peut être arrêté à tout moment.</translation>
    </message>
    <message>
        <source>It cannot be undone. To bring something across later, edit it again.</source>
        <translation>C’est sans retour. Pour transmettre quelque chose plus tard, le modifier de nouveau.</translation>
    </message>
    <message>
        <source>Records that Salesforce has by now and Dialog Insight does not are left out, each until it is edited in Salesforce again. Those created from now on travel.</source>
        <translation>Les enregistrements présents aujourd’hui dans Salesforce et absents de Dialog Insight sont laissés de côté, chacun jusqu’à sa prochaine modification dans Salesforce. Ceux qui seront créés à partir de maintenant circulent.</translation>
    </message>
    <message>
        <source>Where the two sides differ by now, each keeps its own value, until the field is edited again in Salesforce. What is edited from now on travels.</source>
        <translation>Là où les deux côtés diffèrent aujourd’hui, chacun garde sa valeur, jusqu’à la prochaine modification du champ dans Salesforce. Ce qui est modifié à partir de maintenant circule.</translation>
    </message>
    <message>
        <source>Who was deleted in Salesforce by now is not marked in Dialog Insight. Those deleted from now on are.</source>
        <translation>Les personnes déjà supprimées dans Salesforce ne sont pas marquées dans Dialog Insight. Celles qui le seront à partir de maintenant le sont.</translation>
    </message>
    <message>
        <source>Where the two sides differ by now, each keeps its own value, until the field is edited again in Dialog Insight. What is edited from now on travels.</source>
        <translation>Là où les deux côtés diffèrent aujourd’hui, chacun garde sa valeur, jusqu’à la prochaine modification du champ dans Dialog Insight. Ce qui est modifié à partir de maintenant circule.</translation>
    </message>
</context>
<context>
    <name>FromNowNotice</name>
    <message>
        <source>“{0}” starts from now</source>
        <translation>«&#xa0;{0}&#xa0;» part de maintenant</translation>
    </message>
    <message>
        <source>A preview shows how much that is. It can also be left as it is on both sides.</source>
        <translation>Un aperçu en montre l’étendue. Cela peut aussi être laissé tel quel des deux côtés.</translation>
    </message>
    <message>
        <source>Send it too</source>
        <translation>Envoyer aussi</translation>
    </message>
    <message>
        <source>See the preview</source>
        <translation>Voir l’aperçu</translation>
    </message>
    <message>
        <source>Start from now…</source>
        <translation>Partir de maintenant…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>A run is under way. This can start when it has ended.</source>
        <translation>Une exécution est en cours. Ceci pourra commencer quand elle sera finie.</translation>
    </message>
    <message>
        <source>What was created in Salesforce while this was off goes with the next run of “{0}”</source>
        <translation>Ce qui a été créé dans Salesforce pendant que cette case était décochée partira à la prochaine exécution de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>What changed in Salesforce while this was off goes with the next run of “{0}”</source>
        <translation>Ce qui a changé dans Salesforce pendant que cette case était décochée partira à la prochaine exécution de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>What was deleted in Salesforce while this was off goes with the next run of “{0}”</source>
        <translation>Ce qui a été supprimé dans Salesforce pendant que cette case était décochée partira à la prochaine exécution de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>What changed in Dialog Insight while this was off goes with the next run of “{0}”</source>
        <translation>Ce qui a changé dans Dialog Insight pendant que cette case était décochée partira à la prochaine exécution de «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Nothing had piled up. What comes from now on travels.</source>
        <translation>Rien ne s’était accumulé. Ce qui vient à partir de maintenant circule.</translation>
    </message>
    <message>
        <source>Left as it is on both sides: {0}. What comes from now on travels.</source>
        <translation>Laissé tel quel des deux côtés&#xa0;: {0}. Ce qui vient à partir de maintenant circule.</translation>
    </message>
</context>
<context>
    <name>GuardNotice</name>
    <message>
        <source>Nothing was sent for “{0}”: this run waits for your word</source>
        <translation>Rien n’a été envoyé pour «&#xa0;{0}&#xa0;»&#xa0;: cette exécution attend une décision</translation>
    </message>
    <message>
        <source>See the preview</source>
        <translation>Voir l’aperçu</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>Permettre une fois</translation>
    </message>
    <message>
        <source>It would mark {0} people as deleted, of the {1} records that are tied together. See first why so many are deleted in Salesforce.</source>
        <translation>Elle marquerait {0} personnes comme supprimées, sur les {1} enregistrements qui sont liés. Vérifier d’abord pourquoi tant de suppressions ont eu lieu dans Salesforce.</translation>
    </message>
    <message>
        <source>It would change {0} of the {1} records that are tied together.</source>
        <translation>Elle modifierait {0} des {1} enregistrements qui sont liés.</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Your forms</source>
        <translation>Vos formulaires</translation>
    </message>
    <message>
        <source>Your newsletters</source>
        <translation>Vos infolettres</translation>
    </message>
    <message>
        <source>type A</source>
        <translation>type A</translation>
    </message>
    <message>
        <source>type B</source>
        <translation>type B</translation>
    </message>
    <message>
        <source>key: the Salesforce Id</source>
        <translation>clé&#xa0;: l’id. Salesforce</translation>
    </message>
    <message>
        <source>key: the e-mail</source>
        <translation>clé&#xa0;: le courriel</translation>
    </message>
    <message>
        <source>people are created</source>
        <translation>personnes créées</translation>
    </message>
    <message>
        <source>people and changes</source>
        <translation>personnes, changements</translation>
    </message>
    <message>
        <source>changes and opt-ins</source>
        <translation>changements, opt-ins</translation>
    </message>
    <message>
        <source>keeps what was said</source>
        <translation>garde ce qui a été dit</translation>
    </message>
    <message>
        <source>is told</source>
        <translation>en est informé</translation>
    </message>
    <message>
        <source>opt-ins</source>
        <translation>opt-ins</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Chercher dans le guide</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>Pages du guide</translation>
    </message>
    <message>
        <source>No page has all of these words.</source>
        <translation>Aucune page ne contient tous ces mots.</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Retour</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Not saved</source>
        <translation>Non enregistré</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Synchronisation…</translation>
    </message>
    <message>
        <source>&amp;Sync now</source>
        <translation>&amp;Synchroniser</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Importation…</translation>
    </message>
    <message>
        <source>Import CSV…</source>
        <translation>Importer CSV…</translation>
    </message>
    <message>
        <source>&amp;Preview changes</source>
        <translation>&amp;Prévisualiser</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Rien à annuler</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>Rien à rétablir</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Annuler&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo: {0}</source>
        <translation>Rétablir&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
</context>
<context>
    <name>Hour</name>
    <message>
        <source>Hour {0}</source>
        <translation>Heure {0}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove hour {0}</source>
        <translation>Retirer l’heure {0}</translation>
    </message>
</context>
<context>
    <name>ImportStep</name>
    <message>
        <source>The import is under way</source>
        <translation>L’importation est en cours</translation>
    </message>
    <message>
        <source>The import has not ended</source>
        <translation>L’importation n’est pas terminée</translation>
    </message>
    <message>
        <source>What was sent is kept. Going on begins where it stopped, and sends no row twice.</source>
        <translation>Ce qui est envoyé est conservé. L’importation reprendra là où elle s’est arrêtée, sans envoyer une ligne deux fois.</translation>
    </message>
    <message>
        <source>It ended before its last word</source>
        <translation>L’importation s’est interrompue avant d’avoir rendu compte</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuer</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyées</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangées</translation>
    </message>
    <message>
        <source>Refused by the service</source>
        <translation>Refusées par le service</translation>
    </message>
</context>
<context>
    <name>ImportWizard</name>
    <message>
        <source>Import a file</source>
        <translation>Importer un fichier</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Retour</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The import goes on; this window can be opened again.</source>
        <translation>L’importation continue&#x202f;; cette fenêtre peut être rouverte.</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>Pasted rows</source>
        <translation>Lignes collées</translation>
    </message>
    <message>
        <source>matched by {0}</source>
        <translation>clé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>to {0} “{1}” / {2}</source>
        <translation>vers {0} «&#xa0;{1}&#xa0;» / {2}</translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>UTF-8 with BOM</source>
        <translation>UTF-8 avec BOM</translation>
    </message>
    <message>
        <source>UTF-16</source>
        <translation>UTF-16</translation>
    </message>
    <message>
        <source>UTF-16 LE</source>
        <translation>UTF-16 LE</translation>
    </message>
    <message>
        <source>UTF-16 BE</source>
        <translation>UTF-16 BE</translation>
    </message>
    <message>
        <source>Windows-1252 (Windows, Western)</source>
        <translation>Windows-1252 (Windows, occidental)</translation>
    </message>
    <message>
        <source>ISO-8859-1 (Latin 1)</source>
        <translation>ISO-8859-1 (latin 1)</translation>
    </message>
    <message>
        <source>ISO-8859-15 (Latin 9)</source>
        <translation>ISO-8859-15 (latin 9)</translation>
    </message>
    <message>
        <source>Mac Roman (old Macs)</source>
        <translation>Mac Roman (anciens Mac)</translation>
    </message>
    <message>
        <source>CP850 (DOS)</source>
        <translation>CP850 (DOS)</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>point-virgule</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>virgule</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>tabulation</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>barre verticale</translation>
    </message>
    <message>
        <source>Day first: 31/12/1990</source>
        <translation>Jour d’abord&#xa0;: 31/12/1990</translation>
    </message>
    <message>
        <source>Month first: 12/31/1990</source>
        <translation>Mois d’abord&#xa0;: 12/31/1990</translation>
    </message>
    <message>
        <source>Year first: 1990-12-31</source>
        <translation>Année d’abord&#xa0;: 1990-12-31</translation>
    </message>
    <message>
        <source>Days as Excel counts them: 33238</source>
        <translation>Jours comptés par Excel&#xa0;: 33238</translation>
    </message>
    <message>
        <source>Comma: 1 234,56</source>
        <translation>Virgule&#xa0;: 1 234,56</translation>
    </message>
    <message>
        <source>Point: 1,234.56</source>
        <translation>Point&#xa0;: 1,234.56</translation>
    </message>
    <message>
        <source>The file says so in its first bytes.</source>
        <translation>Le fichier le dit dans ses premiers octets.</translation>
    </message>
    <message>
        <source>Every second byte is empty, as in UTF-16 alone.</source>
        <translation>Un octet sur deux est vide, comme en UTF-16 seulement.</translation>
    </message>
    <message>
        <source>No accents: every encoding reads it alike.</source>
        <translation>Aucun accent&#xa0;: tous les codages donnent le même texte.</translation>
    </message>
    <message>
        <source>All accents are whole. Looked at: {characters}.</source>
        <translation>Tous les accents sont valides. Caractères examinés&#xa0;: {characters}.</translation>
    </message>
    <message>
        <source>Some rows are of another encoding (the first one near row {row}). Look at the accents.</source>
        <translation>Certaines lignes sont d’un autre codage (la première vers la ligne {row}). Regarder les accents.</translation>
    </message>
    <message>
        <source>With it, accents stand where words have them.</source>
        <translation>Avec ce codage, les accents sont bien placés dans les mots.</translation>
    </message>
    <message>
        <source>Another encoding is as likely. Look at the accents below.</source>
        <translation>Un autre codage est aussi probable. Regarder les accents ci-dessous.</translation>
    </message>
    <message>
        <source>A workbook says it itself.</source>
        <translation>Un classeur le dit lui-même.</translation>
    </message>
    <message>
        <source>You said so. Signs that cannot be read: {broken}.</source>
        <translation>C’est votre choix. Signes illisibles&#xa0;: {broken}.</translation>
    </message>
    <message>
        <source>You said so.</source>
        <translation>C’est votre choix.</translation>
    </message>
    <message>
        <source>The first line of the file says so (sep=).</source>
        <translation>La première ligne du fichier le dit (sep=).</translation>
    </message>
    <message>
        <source>With it, {rows} of {of} rows looked at have {columns} columns.</source>
        <translation>Avec ce séparateur, {rows} lignes sur {of} ont {columns} colonnes.</translation>
    </message>
    <message>
        <source>No sign parts the rows alike: one column.</source>
        <translation>Aucun séparateur ne découpe les lignes de façon régulière&#xa0;: une seule colonne.</translation>
    </message>
    <message>
        <source>The last row has {cells} cells of {width}: the file may be cut off at its end.</source>
        <translation>La dernière ligne a {cells} cellules sur {width}&#xa0;: le fichier est peut-être coupé à la fin.</translation>
    </message>
    <message>
        <source>Row {row} holds names; the rows below hold values.</source>
        <translation>La ligne {row} porte des noms&#x202f;; les suivantes, des valeurs.</translation>
    </message>
    <message>
        <source>All cells are texts; row {row} is taken for the names.</source>
        <translation>Toutes les cellules sont des textes&#x202f;; la ligne {row} est prise pour les noms.</translation>
    </message>
    <message>
        <source>The first row looks like those below it.</source>
        <translation>La première ligne ressemble aux suivantes.</translation>
    </message>
    <message>
        <source>There is no row.</source>
        <translation>Il n’y a aucune ligne.</translation>
    </message>
    <message>
        <source>Rows above it that are passed over: {rows}.</source>
        <translation>Lignes passées au-dessus&#xa0;: {rows}.</translation>
    </message>
    <message>
        <source>Columns without a name: {columns}; they are called by their place.</source>
        <translation>Colonnes sans nom&#xa0;: {columns}&#x202f;; elles sont appelées par leur place.</translation>
    </message>
    <message>
        <source>Names that come twice and are numbered: {columns}.</source>
        <translation>Noms répétés et numérotés&#xa0;: {columns}.</translation>
    </message>
    <message>
        <source>Our own columns of a results file are left out: {columns}.</source>
        <translation>Nos colonnes d’un fichier de résultats sont laissées de côté&#xa0;: {columns}.</translation>
    </message>
    <message>
        <source>The only sheet of the workbook.</source>
        <translation>La seule feuille du classeur.</translation>
    </message>
    <message>
        <source>The first of {sheets} sheets that has rows.</source>
        <translation>La première de {sheets} feuilles qui a des lignes.</translation>
    </message>
    <message>
        <source>No column of dates.</source>
        <translation>Aucune colonne de dates.</translation>
    </message>
    <message>
        <source>Every date has the year first, or its month by name.</source>
        <translation>Chaque date a l’année d’abord, ou le mois en lettres.</translation>
    </message>
    <message>
        <source>Dates that can only be read so: {dates}. Those that can be read both ways: {either}.</source>
        <translation>Dates qui ne se lisent qu’ainsi&#xa0;: {dates}. Qui se lisent des deux façons&#xa0;: {either}.</translation>
    </message>
    <message>
        <source>Columns that hold days as Excel counts them: {columns}.</source>
        <translation>Colonnes de jours comptés par Excel&#xa0;: {columns}.</translation>
    </message>
    <message>
        <source>Dates that can be read both ways: {either}, all of them.</source>
        <translation>Dates qui se lisent des deux façons&#xa0;: {either}, toutes.</translation>
    </message>
    <message>
        <source>Day first only: {day_first} (in {day_first_column}). Month first only: {month_first} (in {month_first_column}).</source>
        <translation>Jour d’abord seulement&#xa0;: {day_first} (dans {day_first_column}). Mois d’abord seulement&#xa0;: {month_first} (dans {month_first_column}).</translation>
    </message>
    <message>
        <source>Columns with days as Excel counts them: {columns}, the first is {column}.</source>
        <translation>Colonnes de jours comptés par Excel&#xa0;: {columns}, la première est {column}.</translation>
    </message>
    <message>
        <source>No number has decimals.</source>
        <translation>Aucun nombre n’a de décimales.</translation>
    </message>
    <message>
        <source>Numbers that only this mark explains: {numbers}.</source>
        <translation>Nombres que seul ce signe explique&#xa0;: {numbers}.</translation>
    </message>
    <message>
        <source>Numbers that both marks explain, otherwise: {numbers}.</source>
        <translation>Nombres que les deux signes expliquent, autrement&#xa0;: {numbers}.</translation>
    </message>
    <message>
        <source>With a comma: {comma}. With a point: {point}. The more frequent one is taken.</source>
        <translation>Avec une virgule&#xa0;: {comma}. Avec un point&#xa0;: {point}. Le plus fréquent est pris.</translation>
    </message>
    <message>
        <source>too few cells</source>
        <translation>trop peu de cellules</translation>
    </message>
    <message>
        <source>{cells} cells of {width}</source>
        <translation>{cells} cellules sur {width}</translation>
    </message>
    <message>
        <source>Look whether a delimiter is missing. If only the last cells are empty, let short rows be filled.</source>
        <translation>Regarder s’il manque un séparateur. Si seules les dernières cellules sont vides, faire compléter les lignes courtes.</translation>
    </message>
    <message>
        <source>too many cells</source>
        <translation>trop de cellules</translation>
    </message>
    <message>
        <source>{cells} cells for {width} columns</source>
        <translation>{cells} cellules pour {width} colonnes</translation>
    </message>
    <message>
        <source>Put a cell that holds the delimiter between quotation marks, in the file.</source>
        <translation>Dans le fichier, mettre entre guillemets la cellule qui contient le séparateur.</translation>
    </message>
    <message>
        <source>a quotation mark is not closed</source>
        <translation>guillemet non fermé</translation>
    </message>
    <message>
        <source>a quotation mark is not closed; lines in one cell: {lines}</source>
        <translation>guillemet non fermé&#x202f;; lignes dans une cellule&#xa0;: {lines}</translation>
    </message>
    <message>
        <source>Close it in the file, or double it where it belongs to the text.</source>
        <translation>Le fermer dans le fichier, ou le doubler s’il fait partie du texte.</translation>
    </message>
    <message>
        <source>cell too large</source>
        <translation>cellule trop grande</translation>
    </message>
    <message>
        <source>more than {limit} characters</source>
        <translation>plus de {limit} caractères</translation>
    </message>
    <message>
        <source>Shorten it in the file.</source>
        <translation>La raccourcir dans le fichier.</translation>
    </message>
    <message>
        <source>not readable in this encoding</source>
        <translation>illisible dans ce codage</translation>
    </message>
    <message>
        <source>Choose the right encoding at the File step, or correct the cell.</source>
        <translation>Choisir le bon codage à l’étape Fichier, ou corriger la cellule.</translation>
    </message>
    <message>
        <source>number shortened by a spreadsheet</source>
        <translation>nombre raccourci par un tableur</translation>
    </message>
    <message>
        <source>shortened by a spreadsheet; its last digits are lost</source>
        <translation>raccourci par un tableur&#x202f;; ses derniers chiffres sont perdus</translation>
    </message>
    <message>
        <source>Export the file again with this column as text.</source>
        <translation>Réexporter le fichier avec cette colonne en texte.</translation>
    </message>
    <message>
        <source>Id of 15 characters</source>
        <translation>Id de 15 caractères</translation>
    </message>
    <message>
        <source>Id of 15 characters; its capitals may be lost</source>
        <translation>Id de 15 caractères&#x202f;; ses majuscules sont peut-être perdues</translation>
    </message>
    <message>
        <source>Export Ids of 18 characters.</source>
        <translation>Exporter des Id de 18 caractères.</translation>
    </message>
    <message>
        <source>not a contact’s number</source>
        <translation>pas le numéro d’un contact</translation>
    </message>
    <message>
        <source>not the number of a contact (idContact)</source>
        <translation>pas le numéro d’un contact (idContact)</translation>
    </message>
    <message>
        <source>Give the contact’s idContact; no e-mail address or Salesforce Id.</source>
        <translation>Donner l’idContact du contact&#x202f;; ni courriel ni Id Salesforce.</translation>
    </message>
    <message>
        <source>#N/A in a cell</source>
        <translation>#N/A dans une cellule</translation>
    </message>
    <message>
        <source>#N/A: Salesforce would take it for “empty”</source>
        <translation>#N/A&#xa0;: Salesforce le prendrait pour «&#xa0;vide&#xa0;»</translation>
    </message>
    <message>
        <source>Correct the cell: a formula of the spreadsheet has failed there.</source>
        <translation>Corriger la cellule&#xa0;: une formule du tableur y a échoué.</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>résultat inconnu</translation>
    </message>
    <message>
        <source>Salesforce has forgotten what became of it</source>
        <translation>Salesforce a oublié ce qu’elle est devenue</translation>
    </message>
    <message>
        <source>Look in Salesforce whether the record is there, then import the row again.</source>
        <translation>Voir dans Salesforce si l’enregistrement y est, puis réimporter la ligne.</translation>
    </message>
    <message>
        <source>duplicate key in file</source>
        <translation>clé en double dans le fichier</translation>
    </message>
    <message>
        <source>same key as row {row}</source>
        <translation>même clé que la ligne {row}</translation>
    </message>
    <message>
        <source>Keep one of them: give the others another key, or leave them out.</source>
        <translation>En garder une&#xa0;: donner une autre clé aux autres, ou les laisser de côté.</translation>
    </message>
    <message>
        <source>no record with this key</source>
        <translation>aucun enregistrement de cette clé</translation>
    </message>
    <message>
        <source>no record has this key</source>
        <translation>aucun enregistrement n’a cette clé</translation>
    </message>
    <message>
        <source>Correct the key, or let rows create records.</source>
        <translation>Corriger la clé, ou laisser les lignes créer des enregistrements.</translation>
    </message>
    <message>
        <source>there already</source>
        <translation>déjà là</translation>
    </message>
    <message>
        <source>a record has this key already</source>
        <translation>un enregistrement a déjà cette clé</translation>
    </message>
    <message>
        <source>Let rows update records, or leave it out.</source>
        <translation>Laisser les lignes mettre à jour, ou laisser celle-ci de côté.</translation>
    </message>
    <message>
        <source>several records with this key</source>
        <translation>plusieurs enregistrements de cette clé</translation>
    </message>
    <message>
        <source>several records have this key</source>
        <translation>plusieurs enregistrements ont cette clé</translation>
    </message>
    <message>
        <source>Merge them, or use another key.</source>
        <translation>Les fusionner, ou prendre une autre clé.</translation>
    </message>
    <message>
        <source>a yes where Salesforce says no</source>
        <translation>oui là où Salesforce dit non</translation>
    </message>
    <message>
        <source>Salesforce says no; a yes in a file does not prove that it came later</source>
        <translation>Salesforce dit non&#x202f;; un oui dans un fichier ne prouve pas qu’il est venu après</translation>
    </message>
    <message>
        <source>Nothing to do: the no stands.</source>
        <translation>Rien à faire&#xa0;: le non reste.</translation>
    </message>
    <message>
        <source>refused by the service</source>
        <translation>refusée par le service</translation>
    </message>
    <message>
        <source>Correct the row, then import the failed rows again.</source>
        <translation>Corriger la ligne, puis réimporter les lignes en échec.</translation>
    </message>
    <message>
        <source>erased from Dialog Insight</source>
        <translation>effacée de Dialog Insight</translation>
    </message>
    <message>
        <source>this person was erased from Dialog Insight</source>
        <translation>cette personne a été effacée de Dialog Insight</translation>
    </message>
    <message>
        <source>Leave the row out, or bring these people back if they asked for it.</source>
        <translation>Laisser la ligne de côté, ou ramener ces personnes si elles l’ont demandé.</translation>
    </message>
    <message>
        <source>invalid e-mail</source>
        <translation>courriel invalide</translation>
    </message>
    <message>
        <source>not an e-mail address</source>
        <translation>pas une adresse de courriel</translation>
    </message>
    <message>
        <source>Correct the cell.</source>
        <translation>Corriger la cellule.</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>trop long</translation>
    </message>
    <message>
        <source>{length} characters; {limit} fit</source>
        <translation>{length} caractères pour {limit}</translation>
    </message>
    <message>
        <source>Shorten it, or let it be cut at the Columns step.</source>
        <translation>Le raccourcir, ou le faire couper à l’étape Colonnes.</translation>
    </message>
    <message>
        <source>key is empty</source>
        <translation>clé vide</translation>
    </message>
    <message>
        <source>the key is empty</source>
        <translation>la clé est vide</translation>
    </message>
    <message>
        <source>Fill the cell.</source>
        <translation>Remplir la cellule.</translation>
    </message>
    <message>
        <source>required, and empty</source>
        <translation>requis et vide</translation>
    </message>
    <message>
        <source>a value is required</source>
        <translation>une valeur est requise</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>pas un nombre</translation>
    </message>
    <message>
        <source>Correct the cell, or say how decimals are written.</source>
        <translation>Corriger la cellule, ou dire comment les décimales sont écrites.</translation>
    </message>
    <message>
        <source>not a date</source>
        <translation>pas une date</translation>
    </message>
    <message>
        <source>no such day</source>
        <translation>ce jour n’existe pas</translation>
    </message>
    <message>
        <source>Correct the cell, or say how dates are written.</source>
        <translation>Corriger la cellule, ou dire comment les dates sont écrites.</translation>
    </message>
    <message>
        <source>not a time</source>
        <translation>pas une heure</translation>
    </message>
    <message>
        <source>not a time of day</source>
        <translation>pas une heure du jour</translation>
    </message>
    <message>
        <source>neither yes nor no</source>
        <translation>ni oui ni non</translation>
    </message>
    <message>
        <source>number too large</source>
        <translation>nombre trop grand</translation>
    </message>
    <message>
        <source>too large: {limit} digits fit before the decimals</source>
        <translation>trop grand&#xa0;: {limit} chiffres au plus avant les décimales</translation>
    </message>
    <message>
        <source>too many decimals</source>
        <translation>trop de décimales</translation>
    </message>
    <message>
        <source>{decimals} decimals; {limit} fit</source>
        <translation>{decimals} décimales pour {limit}</translation>
    </message>
    <message>
        <source>Correct it, or let it be rounded at the Columns step.</source>
        <translation>Le corriger, ou le faire arrondir à l’étape Colonnes.</translation>
    </message>
    <message>
        <source>not in the list</source>
        <translation>hors de la liste</translation>
    </message>
    <message>
        <source>not a value of the list</source>
        <translation>pas une valeur de la liste</translation>
    </message>
    <message>
        <source>Choose a value of the list.</source>
        <translation>Choisir une valeur de la liste.</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>plusieurs valeurs</translation>
    </message>
    <message>
        <source>{count} values; one fits</source>
        <translation>{count} valeurs pour une</translation>
    </message>
    <message>
        <source>Keep one value.</source>
        <translation>Garder une valeur.</translation>
    </message>
    <message>
        <source>not an Id</source>
        <translation>pas un Id</translation>
    </message>
    <message>
        <source>not a record Id</source>
        <translation>pas un Id d’enregistrement</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>ne peut pas être lu</translation>
    </message>
    <message>
        <source>person not in Dialog Insight</source>
        <translation>personne absente de Dialog Insight</translation>
    </message>
    <message>
        <source>points to a person who is not in Dialog Insight</source>
        <translation>désigne une personne absente de Dialog Insight</translation>
    </message>
    <message>
        <source>Import that person first.</source>
        <translation>Importer d’abord cette personne.</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Codage</translation>
    </message>
    <message>
        <source>Between cells</source>
        <translation>Entre les cellules</translation>
    </message>
    <message>
        <source>Names of columns</source>
        <translation>Noms des colonnes</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>Décimales</translation>
    </message>
    <message>
        <source>Create and update</source>
        <translation>Créer et mettre à jour</translation>
    </message>
    <message>
        <source>Update only</source>
        <translation>Mettre à jour</translation>
    </message>
    <message>
        <source>Create only</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>Every row makes a new record, even where one like it is there.</source>
        <translation>Chaque ligne crée un enregistrement, même s’il en existe un semblable.</translation>
    </message>
    <message>
        <source>A row whose record is there updates it; any other row creates one.</source>
        <translation>Une ligne dont l’enregistrement existe le met à jour&#x202f;; toute autre en crée un.</translation>
    </message>
    <message>
        <source>A row whose record is not there is refused; nothing is created.</source>
        <translation>Une ligne sans enregistrement est refusée&#x202f;; rien n’est créé.</translation>
    </message>
    <message>
        <source>A row whose record is there already is refused; nothing is changed.</source>
        <translation>Une ligne dont l’enregistrement existe déjà est refusée&#x202f;; rien n’est modifié.</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Pasted rows</source>
        <translation>Lignes collées</translation>
    </message>
    <message>
        <source>Keep how {0} is imported</source>
        <translation>Conserver la façon d’importer {0}</translation>
    </message>
    <message>
        <source>Pair {0} with {1}</source>
        <translation>Apparier {0} avec {1}</translation>
    </message>
    <message>
        <source>Remove the pair {0} and {1}</source>
        <translation>Retirer la paire {0} et {1}</translation>
    </message>
    <message>
        <source>Change how {0} is written</source>
        <translation>Modifier comment {0} est écrite</translation>
    </message>
    <message>
        <source>Say what {0} tells of consent</source>
        <translation>Dire ce que {0} dit du consentement</translation>
    </message>
    <message>
        <source>Leave the consent of {0} out</source>
        <translation>Laisser de côté le consentement de {0}</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Texts are shortened to {0} characters.</source>
        <translation>Les textes sont raccourcis à {0} caractères.</translation>
    </message>
    <message>
        <source>Capital letters become small ones.</source>
        <translation>Les majuscules deviennent des minuscules.</translation>
    </message>
    <message>
        <source>Only digits, +, - and parentheses stay.</source>
        <translation>Seuls les chiffres, +, - et les parenthèses restent.</translation>
    </message>
    <message>
        <source>A value that does not fit is set aside, never changed.</source>
        <translation>Une valeur qui ne tient pas est mise de côté, jamais modifiée.</translation>
    </message>
    <message>
        <source>The value of Salesforce stands; the other one is kept in Activity, and can be restored.</source>
        <translation>La valeur de Salesforce reste&#x202f;; l’autre est conservée dans Activité et peut être rétablie.</translation>
    </message>
    <message>
        <source>The value of Dialog Insight stands; the other one is kept in Activity, and can be restored.</source>
        <translation>La valeur de Dialog Insight reste&#x202f;; l’autre est conservée dans Activité et peut être rétablie.</translation>
    </message>
    <message>
        <source>Where Salesforce is emptied, Dialog Insight is emptied too.</source>
        <translation>Quand Salesforce est vidé, Dialog Insight l’est aussi.</translation>
    </message>
    <message>
        <source>Where Salesforce is emptied, Dialog Insight keeps its value.</source>
        <translation>Quand Salesforce est vidé, Dialog Insight garde sa valeur.</translation>
    </message>
    <message>
        <source>Where Dialog Insight is emptied, Salesforce is emptied too.</source>
        <translation>Quand Dialog Insight est vidé, Salesforce l’est aussi.</translation>
    </message>
    <message>
        <source>Where Dialog Insight is emptied, Salesforce keeps its value.</source>
        <translation>Quand Dialog Insight est vidé, Salesforce garde sa valeur.</translation>
    </message>
    <message>
        <source>Round half up</source>
        <translation>Arrondir</translation>
    </message>
    <message>
        <source>Keep the digits only</source>
        <translation>Garder les chiffres</translation>
    </message>
    <message>
        <source>Give a default…</source>
        <translation>Donner un défaut…</translation>
    </message>
    <message>
        <source>Choose another field…</source>
        <translation>Autre champ…</translation>
    </message>
    <message>
        <source>Keep what is there</source>
        <translation>Garder ce qui s’y trouve</translation>
    </message>
    <message>
        <source>Cut at {0}</source>
        <translation>Couper à {0}</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>mis de côté</translation>
    </message>
</context>
<context>
    <name>InstallDialog</name>
    <message>
        <source>Preparing {0}</source>
        <translation>Préparation de {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Looking at what is there…</source>
        <translation>Examen de ce qui existe…</translation>
    </message>
    <message>
        <source>Everything is installed. Whoever is given the permission set sees and edits its fields.</source>
        <translation>Tout est installé. Quiconque reçoit l’ensemble d’autorisations voit et modifie ses champs.</translation>
    </message>
    <message>
        <source>Nothing lacks in this org that could be installed.</source>
        <translation>Il ne manque rien dans cette organisation qui pourrait être installé.</translation>
    </message>
    <message>
        <source>All of it is checked by Salesforce first; if one thing is refused, nothing is made. What is there already stays as it is.</source>
        <translation>Salesforce vérifie d’abord le tout&#x202f;; si un seul élément est refusé, rien n’est créé. Ce qui existe déjà reste tel quel.</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installer</translation>
    </message>
    <message>
        <source>Install in {0}</source>
        <translation>Installer dans {0}</translation>
    </message>
    <message>
        <source>Give access in {0}</source>
        <translation>Donner l’accès dans {0}</translation>
    </message>
    <message>
        <source>&amp;Give access</source>
        <translation>&amp;Donner l’accès</translation>
    </message>
    <message>
        <source>{0} is prepared</source>
        <translation>{0} est prête</translation>
    </message>
    <message>
        <source>{0} goes on by itself</source>
        <translation>{0} continue de son côté</translation>
    </message>
    <message>
        <source>Nothing was installed in {0}</source>
        <translation>Rien n’a été installé dans {0}</translation>
    </message>
    <message>
        <source>&amp;Review again</source>
        <translation>&amp;Revoir la liste</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>C&amp;ontinuer</translation>
    </message>
</context>
<context>
    <name>IntegrationCard</name>
    <message>
        <source>Off</source>
        <translation>Inactive</translation>
    </message>
    <message>
        <source>Not carried over</source>
        <translation>Non reportés</translation>
    </message>
    <message>
        <source>→ to Dialog Insight</source>
        <translation>→ vers Dialog Insight</translation>
    </message>
    <message>
        <source>← to Salesforce</source>
        <translation>← vers Salesforce</translation>
    </message>
    <message>
        <source>People born in Dialog Insight</source>
        <translation>Personnes nées dans Dialog Insight</translation>
    </message>
    <message>
        <source>None: every record of the object</source>
        <translation>Aucun&#xa0;: tous les enregistrements de l’objet</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtre</translation>
    </message>
    <message>
        <source>Deleted in Salesforce</source>
        <translation>Supprimés dans Salesforce</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Exécution</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>Dernière exécution</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Open the mapping</source>
        <translation>Ouvrir le mappage</translation>
    </message>
    <message>
        <source>Pre&amp;view this one</source>
        <translation>Pré&amp;visualiser celle-ci</translation>
    </message>
    <message>
        <source>Sync this &amp;one</source>
        <translation>Synchr&amp;oniser celle-ci</translation>
    </message>
    <message>
        <source>The next run reads everything, and not only what changed.</source>
        <translation>La prochaine exécution lit tout, et pas seulement ce qui a changé.</translation>
    </message>
    <message>
        <source>Everything was compared {0} ago; once a week a run does that by itself.</source>
        <translation>Tout a été comparé il y a {0}&#x202f;; une exécution le fait d’elle-même une fois par semaine.</translation>
    </message>
    <message>
        <source>Found: {0}.</source>
        <translation>Constaté&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Compare everything now…</source>
        <translation>Tout comparer maintenant…</translation>
    </message>
    <message>
        <source>A run would be refused</source>
        <translation>Une exécution serait refusée</translation>
    </message>
    <message>
        <source>Not finished yet</source>
        <translation>Pas encore terminée</translation>
    </message>
    <message>
        <source>Go to “{0}”</source>
        <translation>Aller à «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>new records</source>
        <translation>nouveaux enregistrements</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>modifications</translation>
    </message>
    <message>
        <source>deletes</source>
        <translation>suppressions</translation>
    </message>
    <message>
        <source>new people</source>
        <translation>nouvelles personnes</translation>
    </message>
    <message>
        <source>{0}, never the other way</source>
        <translation>{0}, jamais dans l’autre sens</translation>
    </message>
    <message>
        <source>Only the Salesforce Id of those created</source>
        <translation>Seulement l’identifiant Salesforce des personnes créées</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>External id in Salesforce: {0}</source>
        <translation>Identifiant externe dans Salesforce&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Salesforce Id written to {0}</source>
        <translation>Identifiant Salesforce écrit dans {0}</translation>
    </message>
</context>
<context>
    <name>IntegrationsTab</name>
    <message>
        <source>Switch “{0}” on</source>
        <translation>Activer «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Switch “{0}” off</source>
        <translation>Désactiver «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Tick “{0}” for “{1}”</source>
        <translation>Cocher «&#xa0;{0}&#xa0;» pour «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>Untick “{0}” for “{1}”</source>
        <translation>Décocher «&#xa0;{0}&#xa0;» pour «&#xa0;{1}&#xa0;»</translation>
    </message>
    <message>
        <source>Run “{0}”: {1}</source>
        <translation>Exécuter «&#xa0;{0}&#xa0;»&#xa0;: {1}</translation>
    </message>
    <message>
        <source>“{0}” stays off</source>
        <translation>«&#xa0;{0}&#xa0;» reste désactivée</translation>
    </message>
    <message>
        <source>“{0}” cannot have this yet</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas encore avoir ce déclencheur</translation>
    </message>
    <message>
        <source>“{0}” cannot go without this while it is on</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas s’en passer tant qu’elle est active</translation>
    </message>
    <message>
        <source>Go to “{0}”</source>
        <translation>Aller à «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No opt-in is tied to a Salesforce field yet. Add one, then tick this.</source>
        <translation>Aucun opt-in n’est encore lié à un champ Salesforce. En ajouter un, puis cocher cette case.</translation>
    </message>
    <message>
        <source>No pair travels to Salesforce yet. Let one travel both ways, then tick this.</source>
        <translation>Aucune paire ne va encore vers Salesforce. En laisser une circuler dans les deux sens, puis cocher cette case.</translation>
    </message>
    <message>
        <source>Integrations</source>
        <translation>Intégrations</translation>
    </message>
    <message>
        <source>What moves, when, and in which direction</source>
        <translation>Ce qui circule, quand et dans quel sens</translation>
    </message>
    <message>
        <source>&amp;New integration</source>
        <translation>&amp;Nouvelle intégration</translation>
    </message>
    <message>
        <source>Pause all s&amp;chedules</source>
        <translation>Suspendre tous les &amp;horaires</translation>
    </message>
    <message>
        <source>Pause all schedules</source>
        <translation>Suspendre tous les horaires</translation>
    </message>
    <message>
        <source>Greyed boxes are not available: a type A project receives its contacts from Salesforce, a type B project creates them in Salesforce, and opt-ins only travel from Dialog Insight.</source>
        <translation>Les cases grisées ne sont pas offertes&#xa0;: un projet de type A reçoit ses contacts de Salesforce, un projet de type B les crée dans Salesforce, et les opt-ins ne partent que de Dialog Insight.</translation>
    </message>
    <message>
        <source>See the diagram</source>
        <translation>Voir le schéma</translation>
    </message>
    <message>
        <source>No integration yet</source>
        <translation>Aucune intégration</translation>
    </message>
    <message>
        <source>An integration says which Salesforce object and which Dialog Insight table move together, and when.</source>
        <translation>Une intégration dit quel objet Salesforce et quelle table Dialog Insight évoluent ensemble, et quand.</translation>
    </message>
</context>
<context>
    <name>KeepButton</name>
    <message>
        <source>All fields</source>
        <translation>Tous les champs</translation>
    </message>
    <message>
        <source>Not paired</source>
        <translation>Non appariés</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Requis</translation>
    </message>
    <message>
        <source>With problems</source>
        <translation>Avec problèmes</translation>
    </message>
    <message>
        <source>Paired</source>
        <translation>Appariés</translation>
    </message>
    <message>
        <source>Fields listed: {0}</source>
        <translation>Champs affichés&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>KeptIn</name>
    <message>
        <source>no trusted store is open</source>
        <translation>aucun coffre n’est ouvert</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>secrets file</source>
        <translation>fichier de secrets</translation>
    </message>
    <message>
        <source>system keyring</source>
        <translation>trousseau du système</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Another &amp;key in place of the one that is kept</source>
        <translation>Une autre &amp;clé à la place de celle qui est conservée</translation>
    </message>
    <message>
        <source>&amp;Key of the account</source>
        <translation>&amp;Clé du compte</translation>
    </message>
    <message>
        <source>It is found in Dialog Insight among the keys of web services. It goes into the trusted store and is never shown again.</source>
        <translation>Elle se trouve dans Dialog Insight, parmi les clés de services Web. Elle est conservée en lieu sûr et n’est plus jamais montrée.</translation>
    </message>
    <message>
        <source>Keep and test</source>
        <translation>Conserver et tester</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>The last changes are not in “{0}”.</source>
        <translation>Les dernières modifications ne sont pas dans «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>They are lost when the project is closed now.</source>
        <translation>Elles sont perdues si le projet est fermé maintenant.</translation>
    </message>
    <message>
        <source>Close without them</source>
        <translation>Fermer sans elles</translation>
    </message>
    <message>
        <source>A run is under way.</source>
        <translation>Une exécution est en cours.</translation>
    </message>
    <message>
        <source>Nothing is lost when it stops: the next run goes on from there.</source>
        <translation>Rien n’est perdu quand elle s’arrête&#xa0;: la prochaine reprend au même endroit.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Arrêter et fermer</translation>
    </message>
    <message>
        <source>Integrations run by themselves while this program is open.</source>
        <translation>Des intégrations s’exécutent d’elles-mêmes tant que ce programme est ouvert.</translation>
    </message>
    <message>
        <source>When it is closed, nothing runs until it is opened again. What is due then is made up for.</source>
        <translation>Une fois fermé, rien ne s’exécute avant sa réouverture. Ce qui est alors dû est rattrapé.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>Continuer en arrière-plan</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
</context>
<context>
    <name>LedgerNotice</name>
    <message>
        <source>What the program remembers is damaged</source>
        <translation>La mémoire du programme est endommagée</translation>
    </message>
    <message>
        <source>Your data in both services is untouched. Nothing can run until a backup is put back.</source>
        <translation>Les données des deux services sont intactes. Rien ne peut s’exécuter avant qu’une sauvegarde soit remise en place.</translation>
    </message>
    <message>
        <source>Put a backup back…</source>
        <translation>Remettre une sauvegarde en place…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder de nouveau</translation>
    </message>
    <message>
        <source>Compare everything now…</source>
        <translation>Tout comparer maintenant…</translation>
    </message>
    <message>
        <source>What the program remembers comes from another computer</source>
        <translation>La mémoire du programme vient d’un autre ordinateur</translation>
    </message>
    <message>
        <source>What the program remembers is older than it should be</source>
        <translation>La mémoire du programme est plus ancienne qu’elle ne devrait</translation>
    </message>
    <message>
        <source>A backup was put back: {0}</source>
        <translation>Une sauvegarde a été remise en place&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The next run compares everything before it sends anything. What you had chosen of conflicts is asked again, and consents are read again before any is written.</source>
        <translation>La prochaine exécution compare tout avant d’envoyer quoi que ce soit. Les choix faits dans les conflits sont redemandés, et les consentements sont relus avant qu’un seul soit écrit.</translation>
    </message>
    <message>
        <source>Let one computer alone keep these integrations running.</source>
        <translation>Laisser un seul ordinateur faire tourner ces intégrations.</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>less than 1 %</source>
        <translation>moins de 1&#xa0;%</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>MappingHead</name>
    <message>
        <source>Su&amp;ggest pairs</source>
        <translation>Su&amp;ggérer des paires</translation>
    </message>
    <message>
        <source>The fields of both services are not read yet.</source>
        <translation>Les champs des deux services ne sont pas encore lus.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>Vé&amp;rifier</translation>
    </message>
    <message>
        <source>Find everything that can be known before a run</source>
        <translation>Trouver tout ce qui peut se savoir avant une exécution</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>S&amp;uspendre</translation>
    </message>
    <message>
        <source>Acti&amp;vate</source>
        <translation>Acti&amp;ver</translation>
    </message>
    <message>
        <source>Runs leave {0} out</source>
        <translation>Les exécutions laissent {0} de côté</translation>
    </message>
    <message>
        <source>Runs carry out {0}</source>
        <translation>Les exécutions traitent {0}</translation>
    </message>
    <message>
        <source>As a &amp;table</source>
        <translation>En &amp;tableau</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Pas encore vérifié</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Actif</translation>
    </message>
</context>
<context>
    <name>MappingList</name>
    <message>
        <source>Mappings</source>
        <translation>Mappages</translation>
    </message>
    <message>
        <source>+ Add &amp;mapping</source>
        <translation>+ Ajouter un &amp;mappage</translation>
    </message>
    <message>
        <source>Mapping actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Duplicate to another project…</source>
        <translation>Dupliquer vers un autre projet…</translation>
    </message>
    <message>
        <source>Remove mapping</source>
        <translation>Retirer le mappage</translation>
    </message>
    <message>
        <source>Drag a field onto its counterpart, or press M on a field and choose where it goes.</source>
        <translation>Glisser un champ sur son équivalent, ou appuyer sur M sur un champ et choisir où il va.</translation>
    </message>
    <message>
        <source>primary key not mapped</source>
        <translation>clé primaire non appariée</translation>
    </message>
    <message>
        <source>active</source>
        <translation>actif</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>brouillon</translation>
    </message>
</context>
<context>
    <name>MappingSettings</name>
    <message>
        <source>The mapping as a whole</source>
        <translation>Le mappage entier</translation>
    </message>
    <message>
        <source>Choose a field or a line to see how its values travel.</source>
        <translation>Choisir un champ ou une ligne pour voir comment ses valeurs circulent.</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Essai…</translation>
    </message>
    <message>
        <source>Only these records</source>
        <translation>Seulement ces enregistrements</translation>
    </message>
    <message>
        <source>A SOQL condition: what comes after WHERE, such as Status__c = &apos;Active&apos;. Empty: all records.</source>
        <translation>Une condition SOQL&#xa0;: ce qui suit WHERE, comme Status__c = &apos;Active&apos;. Vide&#xa0;: tous les enregistrements.</translation>
    </message>
    <message>
        <source>Try the condition</source>
        <translation>Essayer la condition</translation>
    </message>
    <message>
        <source>Salesforce understands this condition.</source>
        <translation>Salesforce comprend cette condition.</translation>
    </message>
    <message>
        <source>Say it in a field, or to me</source>
        <translation>Le signaler</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Ne rien faire</translation>
    </message>
    <message>
        <source>Nothing is ever deleted in Dialog Insight.</source>
        <translation>Rien n’est jamais supprimé dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Not listened to yet: tick “Deleted in Salesforce” on the Integrations tab.</source>
        <translation>Pas encore écouté&#xa0;: cocher «&#xa0;Supprimé dans Salesforce&#xa0;» dans l’onglet Intégrations.</translation>
    </message>
    <message>
        <source>When deleted in Salesforce</source>
        <translation>Si supprimé dans Salesforce</translation>
    </message>
    <message>
        <source>No field: it is set aside for me</source>
        <translation>Aucun&#xa0;: mis de côté</translation>
    </message>
    <message>
        <source>Field that says so</source>
        <translation>Champ qui le dit</translation>
    </message>
    <message>
        <source>For people born in Dialog Insight: a text field of Salesforce marked External ID and Unique, which keeps anybody from being made twice.</source>
        <translation>Pour les personnes nées dans Dialog Insight&#xa0;: un champ texte de Salesforce marqué ID externe et Unique, pour que personne ne soit créé deux fois.</translation>
    </message>
    <message>
        <source>Salesforce does not have it yet, or hides it from the connected user.</source>
        <translation>Salesforce ne l’a pas encore, ou le cache à l’utilisateur connecté.</translation>
    </message>
    <message>
        <source>The object has none yet.</source>
        <translation>L’objet n’en a pas encore.</translation>
    </message>
    <message>
        <source>External ID field</source>
        <translation>Champ d’ID externe</translation>
    </message>
    <message>
        <source>A date receives the day, a checkbox is ticked.</source>
        <translation>Une date reçoit le jour, une case est cochée.</translation>
    </message>
    <message>
        <source>Words written there</source>
        <translation>Mots écrits</translation>
    </message>
    <message>
        <source>{date} becomes the day.</source>
        <translation>{date} devient le jour.</translation>
    </message>
    <message>
        <source>Not chosen yet</source>
        <translation>Pas encore choisi</translation>
    </message>
    <message>
        <source>Change which records {0} concerns</source>
        <translation>Changer les enregistrements que {0} concerne</translation>
    </message>
    <message>
        <source>Change what a delete does in {0}</source>
        <translation>Changer l’effet d’une suppression dans {0}</translation>
    </message>
    <message>
        <source>Choose the external id of {0}</source>
        <translation>Choisir l’ID externe de {0}</translation>
    </message>
</context>
<context>
    <name>MappingTab</name>
    <message>
        <source>Say which Salesforce field goes into which Dialog Insight field</source>
        <translation>Dire quel champ de Salesforce va dans quel champ de Dialog Insight</translation>
    </message>
    <message>
        <source>A mapping ties an object of Salesforce, such as Contact, to the contact list or a custom table of a Dialog Insight project. You draw a line from each field to its counterpart; nothing moves before you activate it.</source>
        <translation>Un mappage lie un objet de Salesforce, comme Contact, à la liste de contacts ou à une table personnalisée d’un projet Dialog Insight. Une ligne relie chaque champ à son équivalent&#x202f;; rien ne circule avant l’activation.</translation>
    </message>
    <message>
        <source>Add a mapping</source>
        <translation>Ajouter un mappage</translation>
    </message>
    <message>
        <source>Add a Salesforce connection first</source>
        <translation>Ajouter d’abord une connexion Salesforce</translation>
    </message>
    <message>
        <source>Add a destination project first</source>
        <translation>Ajouter d’abord un projet de destination</translation>
    </message>
    <message>
        <source>Nothing that is left on both sides is alike enough. Drag a field onto its counterpart.</source>
        <translation>Rien de ce qui reste des deux côtés ne se ressemble assez. Glisser un champ sur son équivalent.</translation>
    </message>
    <message>
        <source>No pair to suggest</source>
        <translation>Aucune paire à suggérer</translation>
    </message>
    <message>
        <source>Nothing stands in the way</source>
        <translation>Rien ne fait obstacle</translation>
    </message>
    <message>
        <source>The file, both connections and every field were looked at.</source>
        <translation>Le fichier, les deux connexions et tous les champs ont été examinés.</translation>
    </message>
    <message>
        <source>‹ The mapping as a whole</source>
        <translation>‹ Le mappage entier</translation>
    </message>
    <message>
        <source>&amp;Read fields again</source>
        <translation>Re&amp;lire les champs</translation>
    </message>
    <message>
        <source>Activate {0}</source>
        <translation>Activer {0}</translation>
    </message>
    <message>
        <source>Pause {0}</source>
        <translation>Suspendre {0}</translation>
    </message>
    <message>
        <source>Pair {0} with {1} instead</source>
        <translation>Apparier plutôt {0} avec {1}</translation>
    </message>
</context>
<context>
    <name>Mappings</name>
    <message>
        <source>Add the mapping {0}</source>
        <translation>Ajouter le mappage {0}</translation>
    </message>
    <message>
        <source>Rename {0} to {1}</source>
        <translation>Renommer {0} en {1}</translation>
    </message>
    <message>
        <source>Duplicate {0} as {1}</source>
        <translation>Dupliquer {0} sous le nom {1}</translation>
    </message>
    <message>
        <source>Remove the mapping {0}</source>
        <translation>Retirer le mappage {0}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Help</source>
        <translation>Ai&amp;de</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Guide</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>&amp;Signaler un problème…</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>À &amp;propos</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>&amp;Nouveau…</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Ouvrir un fichier &amp;récent</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Enregistrer sous…</translation>
    </message>
    <message>
        <source>&amp;Export a copy without names…</source>
        <translation>Exporter une copie &amp;sans les noms…</translation>
    </message>
    <message>
        <source>Read the file &amp;again</source>
        <translation>R&amp;elire le fichier</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Leave the rehearsal</source>
        <translation>Quitter &amp;la répétition</translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation>&amp;Fermer le projet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Édition</translation>
    </message>
    <message>
        <source>Re&amp;name the project…</source>
        <translation>Re&amp;nommer le projet…</translation>
    </message>
    <message>
        <source>&amp;Undo: {0}</source>
        <translation>&amp;Annuler&#xa0;: {0}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo: {0}</source>
        <translation>&amp;Rétablir&#xa0;: {0}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>E&amp;xécution</translation>
    </message>
    <message>
        <source>&amp;Preview changes</source>
        <translation>&amp;Prévisualiser les changements</translation>
    </message>
    <message>
        <source>&amp;Sync now</source>
        <translation>&amp;Synchroniser</translation>
    </message>
    <message>
        <source>&amp;Compare everything…</source>
        <translation>Tout &amp;comparer…</translation>
    </message>
    <message>
        <source>&amp;Import a CSV file…</source>
        <translation>&amp;Importer un fichier CSV…</translation>
    </message>
    <message>
        <source>S&amp;top after this batch</source>
        <translation>Arrê&amp;ter après ce lot</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>S&amp;ombre</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apparence</translation>
    </message>
    <message>
        <source>&amp;Text size</source>
        <translation>&amp;Taille du texte</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>Plus &amp;grand</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>Plus &amp;petit</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>&amp;Normal</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>&amp;Vider la liste</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>R&amp;eprendre</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>Mettre en p&amp;ause</translation>
    </message>
</context>
<context>
    <name>NewExternalIdDialog</name>
    <message>
        <source>Create the external ID of {0}</source>
        <translation>Créer l’identifiant externe de {0}</translation>
    </message>
    <message>
        <source>A text field of {0} characters, External ID and Unique. It holds who somebody is in Dialog Insight, so that nobody is created twice; only this program fills it.</source>
        <translation>Un champ texte de {0} caractères, ID externe et unique. Il dit qui est la personne dans Dialog Insight, afin que personne ne soit créé deux fois&#x202f;; seul ce programme le remplit.</translation>
    </message>
    <message>
        <source>API na&amp;me of the new field of {0}</source>
        <translation>No&amp;m d’API du nouveau champ de {0}</translation>
    </message>
</context>
<context>
    <name>NewFields</name>
    <message>
        <source>{0} has a field of this name, or the project gives it another use.</source>
        <translation>{0} a déjà un champ de ce nom, ou le projet lui donne un autre usage.</translation>
    </message>
    <message>
        <source>Letters, digits and single underscores, a letter first, __c at the end.</source>
        <translation>Des lettres, des chiffres et des traits de soulignement isolés, une lettre d’abord, __c à la fin.</translation>
    </message>
    <message>
        <source>Salesforce is changed only once you have looked at what will be installed.</source>
        <translation>Salesforce n’est modifié qu’après votre examen de ce qui sera installé.</translation>
    </message>
    <message>
        <source>Name a new external id for {0}</source>
        <translation>Nommer un nouvel identifiant externe pour {0}</translation>
    </message>
    <message>
        <source>{0} · not in Salesforce yet</source>
        <translation>{0} · pas encore dans Salesforce</translation>
    </message>
</context>
<context>
    <name>NewOptInDialog</name>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>&amp;Carried by</source>
        <translation>&amp;Transporté par</translation>
    </message>
    <message>
        <source>API na&amp;me of the new field of {0}</source>
        <translation>No&amp;m d’API du nouveau champ de {0}</translation>
    </message>
    <message>
        <source>Also record</source>
        <translation>Consigner aussi</translation>
    </message>
    <message>
        <source>New fields of {0}</source>
        <translation>Nouveaux champs de {0}</translation>
    </message>
    <message>
        <source>&amp;Since when</source>
        <translation>Depuis &amp;quand</translation>
    </message>
    <message>
        <source>From &amp;where</source>
        <translation>D’&amp;où</translation>
    </message>
    <message>
        <source>API name of the date</source>
        <translation>Nom d’API de la date</translation>
    </message>
    <message>
        <source>API name of the source</source>
        <translation>Nom d’API de l’origine</translation>
    </message>
    <message>
        <source>&amp;Tick “Opt-in changed” of {0} too, so that they travel</source>
        <translation>&amp;Cocher aussi «&#xa0;Opt-in modifié&#xa0;» de {0}, pour qu’ils circulent</translation>
    </message>
    <message>
        <source>&amp;Install…</source>
        <translation>&amp;Installer…</translation>
    </message>
    <message>
        <source>Create fields for {0}</source>
        <translation>Créer des champs pour {0}</translation>
    </message>
    <message>
        <source>What shall the field be?</source>
        <translation>Que doit être le champ&#x202f;?</translation>
    </message>
    <message>
        <source>A checkbox</source>
        <translation>Une case à cocher</translation>
    </message>
    <message>
        <source>Ticked for yes, not ticked for no. It suits where only a yes counts: not ticked can also mean never asked.</source>
        <translation>Cochée pour oui, décochée pour non. Convient là où seul un oui compte&#xa0;: décochée peut aussi vouloir dire jamais demandé.</translation>
    </message>
    <message>
        <source>A picklist</source>
        <translation>Une liste de sélection</translation>
    </message>
    <message>
        <source>A word for yes and one for no. It suits where Salesforce has to show who said no.</source>
        <translation>Un mot pour oui et un pour non. Convient là où Salesforce doit montrer qui a dit non.</translation>
    </message>
    <message>
        <source>&amp;Yes becomes</source>
        <translation>O&amp;ui devient</translation>
    </message>
    <message>
        <source>&amp;No becomes</source>
        <translation>&amp;Non devient</translation>
    </message>
    <message>
        <source>No &amp;answer becomes</source>
        <translation>&amp;Sans réponse devient</translation>
    </message>
    <message>
        <source>leave as it is</source>
        <translation>laisser tel quel</translation>
    </message>
    <message>
        <source>Give yes and no a word each; no two words may be the same.</source>
        <translation>Donner un mot à oui et un à non&#x202f;; deux mots ne peuvent pas être pareils.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>An export of the project is not whole, or cannot be read; nothing was taken of it.</source>
        <translation>Un export du projet est incomplet ou illisible&#xa0;; rien n’en a été retenu.</translation>
    </message>
    <message>
        <source>Export the project again in Dialog Insight. The details say what is wrong.</source>
        <translation>Exporter de nouveau le projet dans Dialog Insight. Les détails disent ce qui ne va pas.</translation>
    </message>
    <message>
        <source>An export of the project cannot be opened; nothing was taken of it.</source>
        <translation>Un export du projet ne peut pas être ouvert&#xa0;; rien n’en a été retenu.</translation>
    </message>
    <message>
        <source>See whether the file is there and open to you. The details name it.</source>
        <translation>Vérifier que le fichier existe et qu’il est accessible. Les détails le nomment.</translation>
    </message>
    <message>
        <source>The folder of exports cannot be read; changes are found in the other ways.</source>
        <translation>Le dossier des exports est illisible&#xa0;; les changements sont trouvés par les autres moyens.</translation>
    </message>
    <message>
        <source>Every record of Salesforce was compared with what was known. See the details.</source>
        <translation>Tous les enregistrements de Salesforce ont été comparés à ce qui était connu. Voir les détails.</translation>
    </message>
    <message>
        <source>See what is set aside, if anything is.</source>
        <translation>Voir ce qui est mis à part, le cas échéant.</translation>
    </message>
    <message>
        <source>What the program remembers is older than it should be, or comes from another computer: all is compared anew.</source>
        <translation>La mémoire du programme est plus ancienne qu’elle ne devrait, ou vient d’un autre ordinateur&#xa0;: tout est comparé de nouveau.</translation>
    </message>
    <message>
        <source>Let one computer alone keep these integrations running. What you had chosen of conflicts is asked again.</source>
        <translation>Laisser un seul ordinateur exécuter ces intégrations. Ce qui avait été choisi pour des conflits est demandé de nouveau.</translation>
    </message>
    <message>
        <source>Many records that Salesforce showed before are neither there nor in its recycle bin; nothing is concluded from that.</source>
        <translation>De nombreux enregistrements que Salesforce montrait auparavant ne sont plus ni là ni dans sa corbeille&#x202f;; rien n’en est conclu.</translation>
    </message>
    <message>
        <source>See whether the user of the connection may still see them all; then compare everything again.</source>
        <translation>Vérifier que l’utilisateur de la connexion peut encore tous les voir, puis tout comparer de nouveau.</translation>
    </message>
    <message>
        <source>See whether the folder is there and open to you. The details name it.</source>
        <translation>Vérifier que le dossier existe et qu’il est accessible. Les détails le nomment.</translation>
    </message>
</context>
<context>
    <name>OptInEditor</name>
    <message>
        <source>{0} → Salesforce</source>
        <translation>{0} → Salesforce</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ret&amp;irer</translation>
    </message>
    <message>
        <source>Remove the opt-in {0}</source>
        <translation>Retirer l’opt-in {0}</translation>
    </message>
    <message>
        <source>&amp;Carried by</source>
        <translation>&amp;Transporté par</translation>
    </message>
    <message>
        <source>Sa&amp;lesforce field of {0}</source>
        <translation>&amp;Champ Salesforce de {0}</translation>
    </message>
    <message>
        <source>Also record</source>
        <translation>Consigner aussi</translation>
    </message>
    <message>
        <source>S&amp;ince when, in</source>
        <translation>Depuis &amp;quand, dans</translation>
    </message>
    <message>
        <source>From &amp;where, in</source>
        <translation>D’&amp;où, dans</translation>
    </message>
    <message>
        <source>{0} does not carry opt-ins yet.</source>
        <translation>{0} ne transporte pas encore d’opt-ins.</translation>
    </message>
    <message>
        <source>Without “Opt-in changed”, Salesforce will not know who unsubscribed.</source>
        <translation>Sans «&#xa0;Opt-in modifié&#xa0;», Salesforce ne saura pas qui s’est désabonné.</translation>
    </message>
    <message>
        <source>&amp;Tick “Opt-in changed”</source>
        <translation>Coc&amp;her «&#xa0;Opt-in modifié&#xa0;»</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>non consigné</translation>
    </message>
    <message>
        <source>What the answers become</source>
        <translation>Ce que deviennent les réponses</translation>
    </message>
    <message>
        <source>Yes / no / no answer: {0}</source>
        <translation>Oui / non / sans réponse&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Inverted: ticked means no</source>
        <translation>Inversé&#xa0;: cochée veut dire non</translation>
    </message>
    <message>
        <source>In&amp;verted: ticked means no, as for Email Opt Out</source>
        <translation>Inv&amp;ersé&#xa0;: cochée veut dire non, comme pour Email Opt Out</translation>
    </message>
    <message>
        <source>&amp;Yes becomes</source>
        <translation>O&amp;ui devient</translation>
    </message>
    <message>
        <source>&amp;No becomes</source>
        <translation>&amp;Non devient</translation>
    </message>
    <message>
        <source>No &amp;answer becomes</source>
        <translation>&amp;Sans réponse devient</translation>
    </message>
    <message>
        <source>leave as it is</source>
        <translation>laisser tel quel</translation>
    </message>
</context>
<context>
    <name>OptInsTab</name>
    <message>
        <source>Opt-in in
Dialog Insight</source>
        <translation>Opt-in dans
Dialog Insight</translation>
    </message>
    <message>
        <source>→ Salesforce
field</source>
        <translation>→ Champ
Salesforce</translation>
    </message>
    <message>
        <source>Yes / no / no
answer become</source>
        <translation>Oui / non / sans
réponse devient</translation>
    </message>
    <message>
        <source>Choose its fie&amp;ld…</source>
        <translation>&amp;Choisir son champ…</translation>
    </message>
    <message>
        <source>Create field…</source>
        <translation>Créer un champ…</translation>
    </message>
    <message>
        <source>explicit</source>
        <translation>exprès</translation>
    </message>
    <message>
        <source>implied · expires</source>
        <translation>tacite · expire</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>inversé</translation>
    </message>
    <message>
        <source>Destination projects</source>
        <translation>Projets de destination</translation>
    </message>
    <message>
        <source>No opt-in yet</source>
        <translation>Aucun opt-in</translation>
    </message>
    <message>
        <source>Why &amp;one way?</source>
        <translation>Pour&amp;quoi un seul sens&#x202f;?</translation>
    </message>
    <message>
        <source>Consent is recorded in Dialog Insight, so it is never written from Salesforce. An opt-in without an answer leaves Salesforce as it is.</source>
        <translation>Le consentement est consigné dans Dialog Insight&#x202f;; il n’est donc jamais écrit depuis Salesforce. Un opt-in sans réponse laisse Salesforce tel quel.</translation>
    </message>
    <message>
        <source>&amp;Read fields again</source>
        <translation>&amp;Relire les champs</translation>
    </message>
    <message>
        <source>Opt-ins of {0}</source>
        <translation>Opt-ins de {0}</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Here you say in which Salesforce field each consent of Dialog Insight is recorded. Add a destination project first.</source>
        <translation>Ici se choisit le champ Salesforce où chaque consentement de Dialog Insight est consigné. Ajouter d’abord un projet de destination.</translation>
    </message>
    <message>
        <source>Go to the destination projects</source>
        <translation>Aller aux projets de destination</translation>
    </message>
    <message>
        <source>Dialog Insight → Salesforce only</source>
        <translation>Dialog Insight → Salesforce seulement</translation>
    </message>
    <message>
        <source>A&amp;dd opt-ins…</source>
        <translation>A&amp;jouter des opt-ins…</translation>
    </message>
    <message>
        <source>A person gives or withdraws consent in Dialog Insight, which keeps the proof of it. Nothing that this program sends there carries a consent. An opt-out is always written to Salesforce. An opt-in is written only where Salesforce shows no opt-out, or where it is provably later; otherwise it waits for your review. An opt-out made in Salesforce stays there: it has to be entered in Dialog Insight too.</source>
        <translation>Une personne donne ou retire son consentement dans Dialog Insight, qui en garde la preuve. Rien de ce que ce programme y envoie ne porte de consentement. Un désabonnement est toujours écrit dans Salesforce. Un abonnement n’y est écrit que si Salesforce ne montre aucun désabonnement, ou s’il est prouvé qu’il est plus récent&#x202f;; sinon il attend votre vérification. Un désabonnement fait dans Salesforce y reste&#xa0;: il faut aussi l’inscrire dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Salesforce keeps its opt-outs until then.</source>
        <translation>Salesforce garde ses désabonnements d’ici là.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>People as last read: {0}</source>
        <translation>Personnes à la dernière lecture&#xa0;: {0}</translation>
    </message>
    <message>
        <source>This project has no opt-in. Create one in Dialog Insight, then read the fields again.</source>
        <translation>Ce projet n’a pas d’opt-in. En créer un dans Dialog Insight, puis relire les champs.</translation>
    </message>
    <message>
        <source>Until then, Salesforce will not know who unsubscribed.</source>
        <translation>D’ici là, Salesforce ne saura pas qui s’est désabonné.</translation>
    </message>
    <message>
        <source>{0} is not sent to Salesforce.</source>
        <translation>{0} n’est pas envoyé à Salesforce.</translation>
    </message>
    <message>
        <source>Until then, Salesforce will not know who unsubscribed from it.</source>
        <translation>D’ici là, Salesforce ne saura pas qui s’en est désabonné.</translation>
    </message>
    <message>
        <source>Nothing ties this project to Salesforce yet: add a mapping of its contacts first.</source>
        <translation>Rien ne lie encore ce projet à Salesforce&#xa0;: ajouter d’abord un mappage de ses contacts.</translation>
    </message>
    <message>
        <source>The fields of Salesforce were not read yet: connect it, then read the fields again.</source>
        <translation>Les champs de Salesforce n’ont pas encore été lus&#xa0;: le connecter, puis relire les champs.</translation>
    </message>
    <message>
        <source>Consents to review</source>
        <translation>Consentements à vérifier</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>not mapped yet</source>
        <translation>pas encore mappé</translation>
    </message>
    <message>
        <source>does not travel</source>
        <translation>ne circule pas</translation>
    </message>
    <message>
        <source>not in Salesforce yet</source>
        <translation>pas encore dans Salesforce</translation>
    </message>
    <message>
        <source>{0} yes · {1} no</source>
        <translation>{0} oui · {1} non</translation>
    </message>
    <message>
        <source>{0} written</source>
        <translation>{0} écrits</translation>
    </message>
    <message>
        <source>{0} no answer</source>
        <translation>{0} sans réponse</translation>
    </message>
    <message>
        <source>Yes: {0}</source>
        <translation>Oui&#xa0;: {0}</translation>
    </message>
    <message>
        <source>No: {0}</source>
        <translation>Non&#xa0;: {0}</translation>
    </message>
    <message>
        <source>No answer: {0}</source>
        <translation>Sans réponse&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Not read yet: {0}</source>
        <translation>Pas encore lus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Written to Salesforce: {0}</source>
        <translation>Écrits dans Salesforce&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The opt-ins of this project were not read yet.</source>
        <translation>Les opt-ins de ce projet n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projets</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>installed</source>
        <translation>installé</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>not made</source>
        <translation>non créé</translation>
    </message>
    <message>
        <source>access given</source>
        <translation>accès donné</translation>
    </message>
    <message>
        <source>was there already</source>
        <translation>existait déjà</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Created</source>
        <translation>Créées</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangées</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusées</translation>
    </message>
    <message>
        <source>To correct</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <source>Left to send</source>
        <translation>Reste à envoyer</translation>
    </message>
    <message>
        <source>What became of the rows</source>
        <translation>Ce que les lignes sont devenues</translation>
    </message>
    <message>
        <source>Where the results are</source>
        <translation>Où trouver les résultats</translation>
    </message>
    <message>
        <source>At the next sync</source>
        <translation>À la prochaine synchronisation</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Installing the package in {0}</source>
        <translation>Installation du package dans {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Dialog Insight&apos;s package in {0}</source>
        <translation>Package de Dialog Insight dans {0}</translation>
    </message>
    <message>
        <source>Only needed where Dialog Insight&apos;s own integration shall send data from Salesforce; this program needs no package.</source>
        <translation>Nécessaire seulement si l’intégration propre à Dialog Insight doit envoyer des données depuis Salesforce&#x202f;; ce programme-ci n’a besoin d’aucun package.</translation>
    </message>
    <message>
        <source>&amp;Install the package</source>
        <translation>&amp;Installer le package</translation>
    </message>
    <message>
        <source>Installation &amp;link</source>
        <translation>&amp;Lien d’installation</translation>
    </message>
    <message>
        <source>Dialog Insight shows it on its page of connections.</source>
        <translation>Dialog Insight l’affiche dans sa page des connexions.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Examen…</translation>
    </message>
    <message>
        <source>L&amp;ook at it</source>
        <translation>E&amp;xaminer</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Installed now</source>
        <translation>Installé actuellement</translation>
    </message>
    <message>
        <source>The link is for</source>
        <translation>Le lien correspond à</translation>
    </message>
    <message>
        <source>This very version is installed already.</source>
        <translation>Cette version précise est déjà installée.</translation>
    </message>
    <message>
        <source>Use the newest link that Dialog Insight shows.</source>
        <translation>Utiliser le lien le plus récent qu’affiche Dialog Insight.</translation>
    </message>
    <message>
        <source>A newer version is installed already.</source>
        <translation>Une version plus récente est déjà installée.</translation>
    </message>
    <message>
        <source>The version that is there has to be uninstalled first.</source>
        <translation>La version en place doit d’abord être désinstallée.</translation>
    </message>
    <message>
        <source>An administrator does that in Setup › Installed Packages. Note these settings before, because they have to be set again: the keys and the authorization of the DI Destination Projects, the objects with their field mappings, the opt-ins; in Dialog Insight, the data integrations.</source>
        <translation>Un administrateur le fait dans Configuration › Packages installés. Noter d’abord ces réglages, car il faudra les refaire&#xa0;: les clés et l’autorisation des DI Destination Projects, les objets et le mappage de leurs champs, les opt-ins&#x202f;; dans Dialog Insight, les intégrations de données.</translation>
    </message>
    <message>
        <source>The package that is there is brought up to this version.</source>
        <translation>Le package en place est mis à jour vers cette version.</translation>
    </message>
    <message>
        <source>Install for</source>
        <translation>Installer pour</translation>
    </message>
    <message>
        <source>All users (recommended by Dialog Insight)</source>
        <translation>Tous les utilisateurs (recommandé par Dialog Insight)</translation>
    </message>
    <message>
        <source>Administrators only</source>
        <translation>Les administrateurs seulement</translation>
    </message>
    <message>
        <source>Where a name of the package is taken in the org, nothing is installed and nothing is renamed.</source>
        <translation>Si un nom du package est déjà pris dans l’organisation, rien n’est installé et rien n’est renommé.</translation>
    </message>
    <message>
        <source>Pass&amp;word of the package</source>
        <translation>&amp;Mot de passe du package</translation>
    </message>
    <message>
        <source>Salesforce does not tell before the installation which addresses the package contacts.</source>
        <translation>Salesforce ne dit pas avant l’installation quelles adresses le package contacte.</translation>
    </message>
    <message>
        <source>Let the package contact its addresses of Dialog Insight</source>
        <translation>Permettre au package de contacter ses adresses de Dialog Insight</translation>
    </message>
    <message>
        <source>The package asks to contact: {0}</source>
        <translation>Le package demande à contacter&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Let the package contact these addresses</source>
        <translation>Permettre au package de contacter ces adresses</translation>
    </message>
    <message>
        <source>The package is installed in {0}</source>
        <translation>Le package est installé dans {0}</translation>
    </message>
    <message>
        <source>In Salesforce, a DI Destination Project with the keys of Dialog Insight comes next.</source>
        <translation>Étape suivante, dans Salesforce&#xa0;: un DI Destination Project avec les clés de Dialog Insight.</translation>
    </message>
    <message>
        <source>Salesforce goes on by itself</source>
        <translation>Salesforce continue de son côté</translation>
    </message>
    <message>
        <source>The package is not installed</source>
        <translation>Le package n’est pas installé</translation>
    </message>
</context>
<context>
    <name>PairActs</name>
    <message>
        <source>{0} receives {1} already: you will be asked. {2}</source>
        <translation>{0} reçoit déjà {1}&#xa0;: le choix sera demandé. {2}</translation>
    </message>
    <message>
        <source>Travels {0} only. {1}</source>
        <translation>Circule seulement {0}. {1}</translation>
    </message>
    <message>
        <source>{0} receives {1} already.</source>
        <translation>{0} reçoit déjà {1}.</translation>
    </message>
    <message>
        <source>&amp;Replace it by {0}</source>
        <translation>&amp;Remplacer par {0}</translation>
    </message>
    <message>
        <source>&amp;Keep {0}</source>
        <translation>&amp;Garder {0}</translation>
    </message>
    <message>
        <source>This pair can travel this way only.</source>
        <translation>Cette paire ne peut circuler que dans ce sens.</translation>
    </message>
    <message>
        <source>Let {0} and {1} travel {2}</source>
        <translation>Faire circuler {0} et {1} {2}</translation>
    </message>
    <message>
        <source>The service shows no field {0} any more.</source>
        <translation>Le service ne montre plus de champ {0}.</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>Pas encore vérifié.</translation>
    </message>
</context>
<context>
    <name>PairInspector</name>
    <message>
        <source>The program writes the Salesforce Id here: while this field is empty, the person has no Salesforce record yet.</source>
        <translation>Le programme écrit ici l’Id de Salesforce&#xa0;: tant que ce champ est vide, la personne n’a pas encore de fiche dans Salesforce.</translation>
    </message>
    <message>
        <source>Remove pair</source>
        <translation>Retirer la paire</translation>
    </message>
    <message>
        <source>Remove the pair {0} and {1}</source>
        <translation>Retirer la paire {0} et {1}</translation>
    </message>
    <message>
        <source>Salesforce: {0}
Dialog Insight: {1}</source>
        <translation>Salesforce&#xa0;: {0}
Dialog Insight&#xa0;: {1}</translation>
    </message>
    <message>
        <source>{0} · primary key</source>
        <translation>{0} · clé primaire</translation>
    </message>
    <message>
        <source>The service shows no field “{0}”. Choose another field, or remove the pair.</source>
        <translation>Le service ne montre aucun champ «&#xa0;{0}&#xa0;». Choisir un autre champ, ou retirer la paire.</translation>
    </message>
    <message>
        <source>Cannot travel</source>
        <translation>Ne peut pas circuler</translation>
    </message>
    <message>
        <source>The fields of one side were not read yet.</source>
        <translation>Les champs d’un côté n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Pas encore vérifié</translation>
    </message>
    <message>
        <source>Every value can travel</source>
        <translation>Toutes les valeurs peuvent circuler</translation>
    </message>
    <message>
        <source>Some values may not travel</source>
        <translation>Certaines valeurs pourraient ne pas circuler</translation>
    </message>
    <message>
        <source>Some records would be set aside</source>
        <translation>Des enregistrements seraient mis de côté</translation>
    </message>
    <message>
        <source>Every value travels, some changed</source>
        <translation>Toutes les valeurs circulent, certaines modifiées</translation>
    </message>
    <message>
        <source>It is made, or shown to the connected user.</source>
        <translation>Il est créé, ou montré à l’utilisateur connecté.</translation>
    </message>
    <message>
        <source>None of the sampled records lose anything. {0}</source>
        <translation>Aucun enregistrement de l’échantillon ne perd quoi que ce soit. {0}</translation>
    </message>
    <message>
        <source>Every sampled value travels</source>
        <translation>Toutes les valeurs de l’échantillon circulent</translation>
    </message>
    <message>
        <source>→ to DI</source>
        <translation>→ DI</translation>
    </message>
    <message>
        <source>← to SF</source>
        <translation>← SF</translation>
    </message>
    <message>
        <source>↔ both</source>
        <translation>↔ deux</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>When both sides changed</source>
        <translation>Si les deux côtés ont changé</translation>
    </message>
    <message>
        <source>When empty</source>
        <translation>Si la source est vide</translation>
    </message>
    <message>
        <source>The record waits: a key is never empty</source>
        <translation>L’enregistrement attend&#xa0;: une clé n’est jamais vide</translation>
    </message>
    <message>
        <source>Sent instead of nothing</source>
        <translation>Valeur par défaut</translation>
    </message>
    <message>
        <source>Leave it empty to send nothing.</source>
        <translation>Laisser vide pour ne rien envoyer.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Look at real records</source>
        <translation>Voir de vrais enregistrements</translation>
    </message>
    <message>
        <source>This pair is filled from Dialog Insight; samples are read in Salesforce.</source>
        <translation>Cette paire est remplie à partir de Dialog Insight&#x202f;; les échantillons sont lus dans Salesforce.</translation>
    </message>
    <message>
        <source>Nothing can be sent through this pair yet.</source>
        <translation>Rien ne peut encore passer par cette paire.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>One call to Salesforce reads the records changed last. They stay in memory only.</source>
        <translation>Un appel à Salesforce lit les derniers enregistrements modifiés. Ils restent en mémoire seulement.</translation>
    </message>
    <message>
        <source>Change the direction of {0}</source>
        <translation>Changer le sens de {0}</translation>
    </message>
    <message>
        <source>Change the transform of {0}</source>
        <translation>Changer la transformation de {0}</translation>
    </message>
    <message>
        <source>Change who wins for {0}</source>
        <translation>Changer qui l’emporte pour {0}</translation>
    </message>
    <message>
        <source>Change what empty does for {0}</source>
        <translation>Changer l’effet du vide pour {0}</translation>
    </message>
    <message>
        <source>“{0}” cannot stand in this field. Nothing was changed.</source>
        <translation>«&#xa0;{0}&#xa0;» ne peut pas figurer dans ce champ. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>Change the default of {0}</source>
        <translation>Changer le défaut de {0}</translation>
    </message>
</context>
<context>
    <name>PairTable</name>
    <message>
        <source>Salesforce</source>
        <translation>Salesforce</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Dialog
Insight</source>
        <translation>Dialog
Insight</translation>
    </message>
    <message>
        <source>When both
sides changed</source>
        <translation>Si les deux
ont changé</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>not paired</source>
        <translation>non apparié</translation>
    </message>
    <message>
        <source>required</source>
        <translation>requis</translation>
    </message>
    <message>
        <source>{0}?</source>
        <translation>{0}&#x202f;?</translation>
    </message>
    <message>
        <source>primary key</source>
        <translation>clé primaire</translation>
    </message>
    <message>
        <source>marker</source>
        <translation>repère</translation>
    </message>
    <message>
        <source>The service shows no field {0} any more.</source>
        <translation>Le service ne montre plus de champ {0}.</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>convient</translation>
    </message>
    <message>
        <source>with loss</source>
        <translation>avec perte</translation>
    </message>
    <message>
        <source>cannot travel</source>
        <translation>ne peut pas circuler</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>non vérifiée</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paires</translation>
    </message>
    <message>
        <source>M chooses the field at the left, D turns the direction, Delete removes the pair, Insert adds one.</source>
        <translation>M choisit le champ de gauche, D inverse le sens, Suppr retire la paire, Inser en ajoute une.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>Add a pair (Insert)</source>
        <translation>Ajouter une paire (Inser)</translation>
    </message>
    <message>
        <source>Source…</source>
        <translation>Source…</translation>
    </message>
    <message>
        <source>Choose the Salesforce field (M)</source>
        <translation>Choisir le champ Salesforce (M)</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Inverser</translation>
    </message>
    <message>
        <source>Let the pair travel the next way that it may (D)</source>
        <translation>Faire circuler la paire dans le prochain sens possible (D)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove the pair (Delete)</source>
        <translation>Retirer la paire (Suppr)</translation>
    </message>
    <message>
        <source>Needs you first</source>
        <translation>À traiter d’abord</translation>
    </message>
    <message>
        <source>As in the mapping</source>
        <translation>Comme dans le mappage</translation>
    </message>
    <message>
        <source>By Salesforce field</source>
        <translation>Par champ Salesforce</translation>
    </message>
    <message>
        <source>By Dialog Insight field</source>
        <translation>Par champ Dialog Insight</translation>
    </message>
    <message>
        <source>Order of the rows</source>
        <translation>Ordre des lignes</translation>
    </message>
</context>
<context>
    <name>Pairing</name>
    <message>
        <source>Pair {0} with {1}</source>
        <translation>Apparier {0} avec {1}</translation>
    </message>
    <message>
        <source>Remove the pair {0} and {1}</source>
        <translation>Retirer la paire {0} et {1}</translation>
    </message>
</context>
<context>
    <name>PartnerDialog</name>
    <message>
        <source>Pair {0} with a Dialog Insight field</source>
        <translation>Apparier {0} avec un champ Dialog Insight</translation>
    </message>
    <message>
        <source>Pair {0} with a Salesforce field</source>
        <translation>Apparier {0} avec un champ Salesforce</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Apparier</translation>
    </message>
    <message>
        <source>Possible fields, the best first</source>
        <translation>Champs possibles, les meilleurs d’abord</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Suggérés</translation>
    </message>
    <message>
        <source>Every value can travel</source>
        <translation>Toutes les valeurs peuvent passer</translation>
    </message>
    <message>
        <source>Some values may not travel</source>
        <translation>Certaines valeurs peuvent ne pas passer</translation>
    </message>
    <message>
        <source>Already receives another field</source>
        <translation>Reçoivent déjà un autre champ</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Pas encore vérifié</translation>
    </message>
    <message>
        <source>Cannot be paired</source>
        <translation>Ne peut pas être apparié</translation>
    </message>
    <message>
        <source>Receives {0} already.</source>
        <translation>Reçoit déjà {0}.</translation>
    </message>
</context>
<context>
    <name>PastWords</name>
    <message>
        <source>The trigger “{0}” of “{1}” was started from now.</source>
        <translation>Le déclencheur «&#xa0;{0}&#xa0;» de «&#xa0;{1}&#xa0;» est parti de maintenant.</translation>
    </message>
    <message>
        <source>It did not come to its end: what it had not reached goes with the next run.</source>
        <translation>Elle n’est pas allée à son terme&#xa0;: ce qu’elle n’avait pas atteint partira à la prochaine exécution.</translation>
    </message>
    <message>
        <source>Nothing was written to either service, and no list of these records is kept.</source>
        <translation>Rien n’a été écrit dans aucun des deux services, et la liste de ces enregistrements n’est pas conservée.</translation>
    </message>
    <message>
        <source>Records that Salesforce had by then and Dialog Insight did not are left out, each until it is edited in Salesforce again.</source>
        <translation>Les enregistrements alors présents dans Salesforce et absents de Dialog Insight sont laissés de côté, chacun jusqu’à sa prochaine modification dans Salesforce.</translation>
    </message>
    <message>
        <source>Where the two sides differed by then, each keeps its own value, until the field is edited again in Salesforce.</source>
        <translation>Là où les deux côtés différaient alors, chacun garde sa valeur, jusqu’à la prochaine modification du champ dans Salesforce.</translation>
    </message>
    <message>
        <source>Who was deleted in Salesforce by then is not marked in Dialog Insight.</source>
        <translation>Les personnes alors déjà supprimées dans Salesforce ne sont pas marquées dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Where the two sides differed by then, each keeps its own value, until the field is edited again in Dialog Insight.</source>
        <translation>Là où les deux côtés différaient alors, chacun garde sa valeur, jusqu’à la prochaine modification du champ dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Taken back: run {0}, where its values still stood.</source>
        <translation>Annulée&#xa0;: l’exécution {0}, là où ses valeurs étaient encore en place.</translation>
    </message>
    <message>
        <source>Taken back: “{0}”, where its values still stood.</source>
        <translation>Annulée&#xa0;: «&#xa0;{0}&#xa0;», là où ses valeurs étaient encore en place.</translation>
    </message>
    <message>
        <source>changed without a new date: {0}</source>
        <translation>modifiés sans nouvelle date&#xa0;: {0}</translation>
    </message>
    <message>
        <source>deleted: {0}</source>
        <translation>supprimés&#xa0;: {0}</translation>
    </message>
    <message>
        <source>not shown by Salesforce any more: {0}</source>
        <translation>que Salesforce ne montre plus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Many records of “{0}” were neither in Salesforce nor in its recycle bin</source>
        <translation>De nombreux enregistrements de «&#xa0;{0}&#xa0;» n’étaient ni dans Salesforce ni dans sa corbeille</translation>
    </message>
    <message>
        <source>Found on {0}: they are left as they are in Dialog Insight. See whether the user of the connection may still see them all, then compare everything again.</source>
        <translation>Constaté le {0}&#xa0;: ils restent tels quels dans Dialog Insight. Vérifier que l’utilisateur de la connexion peut encore tous les voir, puis tout comparer de nouveau.</translation>
    </message>
</context>
<context>
    <name>Preparation</name>
    <message>
        <source>A Salesforce administrator gives the right “{0}” in a permission set (Setup › Permission Sets › System Permissions). Or authorize the connection as an administrator.</source>
        <translation>Un administrateur de Salesforce donne l’autorisation «&#xa0;{0}&#xa0;» dans un ensemble d’autorisations (Configuration › Ensembles d’autorisations › Autorisations système). Sinon, autoriser la connexion en tant qu’administrateur.</translation>
    </message>
    <message>
        <source>The user of this connection may not look at the set-up of the org.</source>
        <translation>L’utilisateur de cette connexion n’a pas le droit de consulter la configuration de l’organisation.</translation>
    </message>
    <message>
        <source>The user of this connection may not change the set-up of the org.</source>
        <translation>L’utilisateur de cette connexion n’a pas le droit de modifier la configuration de l’organisation.</translation>
    </message>
    <message>
        <source>The user of this connection may not give a permission set to people.</source>
        <translation>L’utilisateur de cette connexion n’a pas le droit d’attribuer un ensemble d’autorisations.</translation>
    </message>
    <message>
        <source>The user of this connection may not install a package.</source>
        <translation>L’utilisateur de cette connexion n’a pas le droit d’installer un package.</translation>
    </message>
    <message>
        <source>Something else is being deployed or installed in this org.</source>
        <translation>Autre chose est en cours de déploiement ou d’installation dans cette organisation.</translation>
    </message>
    <message>
        <source>Wait until it has ended (Setup › Deployment Status), then look again.</source>
        <translation>Attendre que ce soit terminé (Configuration › Statut du déploiement), puis examiner de nouveau.</translation>
    </message>
    <message>
        <source>Salesforce did not carry this out, and changed nothing.</source>
        <translation>Salesforce n’a pas exécuté cette demande, et n’a rien modifié.</translation>
    </message>
    <message>
        <source>Try again; if it lasts, show the details to an administrator of the org.</source>
        <translation>Réessayer&#x202f;; si cela dure, montrer les détails à un administrateur de l’organisation.</translation>
    </message>
    <message>
        <source>It is there already with another type, and was left as it is.</source>
        <translation>Il existe déjà avec un autre type, et a été laissé tel quel.</translation>
    </message>
    <message>
        <source>Choose another field, or another name, in the project file.</source>
        <translation>Choisir un autre champ, ou un autre nom, dans le fichier de projet.</translation>
    </message>
    <message>
        <source>The object has as many external IDs as Salesforce allows.</source>
        <translation>L’objet a autant d’ID externes que Salesforce le permet.</translation>
    </message>
    <message>
        <source>An administrator takes the mark External ID from a field that needs it no more.</source>
        <translation>Un administrateur retire la marque ID externe à un champ qui n’en a plus besoin.</translation>
    </message>
    <message>
        <source>The object has as many custom fields as the edition of the org allows.</source>
        <translation>L’objet a autant de champs personnalisés que l’édition de l’organisation le permet.</translation>
    </message>
    <message>
        <source>An administrator deletes, and erases, custom fields that nobody needs.</source>
        <translation>Un administrateur supprime, puis efface, des champs personnalisés dont personne n’a besoin.</translation>
    </message>
    <message>
        <source>Something else in the org uses it.</source>
        <translation>Autre chose dans l’organisation l’utilise.</translation>
    </message>
    <message>
        <source>An administrator takes it out of there; “Where is this used?” on the page of the field in Setup lists it.</source>
        <translation>Un administrateur l’en retire&#x202f;; «&#xa0;Où est-il utilisé&#x202f;?&#xa0;», dans la page du champ en Configuration, en donne la liste.</translation>
    </message>
    <message>
        <source>Something of this name is there already.</source>
        <translation>Quelque chose porte déjà ce nom.</translation>
    </message>
    <message>
        <source>Look again: it is then shown with its state.</source>
        <translation>Examiner de nouveau&#xa0;: il s’affiche alors avec son état.</translation>
    </message>
    <message>
        <source>Salesforce refuses it.</source>
        <translation>Salesforce le refuse.</translation>
    </message>
    <message>
        <source>Show Salesforce&apos;s own words, in the details, to the administrator of the org.</source>
        <translation>Montrer les mots de Salesforce, dans les détails, à l’administrateur de l’organisation.</translation>
    </message>
    <message>
        <source>An older version of the package has to be uninstalled first.</source>
        <translation>Une version plus ancienne du package doit d’abord être désinstallée.</translation>
    </message>
    <message>
        <source>Note its settings, then an administrator uninstalls it (Setup › Installed Packages). Then install again.</source>
        <translation>Noter ses réglages, puis un administrateur la désinstalle (Configuration › Packages installés). Installer ensuite de nouveau.</translation>
    </message>
    <message>
        <source>A newer version of the package is installed already.</source>
        <translation>Une version plus récente du package est déjà installée.</translation>
    </message>
    <message>
        <source>Use the newest link that Dialog Insight shows.</source>
        <translation>Utiliser le lien le plus récent qu’affiche Dialog Insight.</translation>
    </message>
    <message>
        <source>The package is protected by a password, and this is not it.</source>
        <translation>Le package est protégé par un mot de passe, et ce n’est pas celui-ci.</translation>
    </message>
    <message>
        <source>Ask Dialog Insight for the password of the package. Nothing was installed.</source>
        <translation>Demander à Dialog Insight le mot de passe du package. Rien n’a été installé.</translation>
    </message>
    <message>
        <source>There is no such package for this org.</source>
        <translation>Il n’y a pas de tel package pour cette organisation.</translation>
    </message>
    <message>
        <source>Copy the link from Dialog Insight again, for a production org or a sandbox as the case may be.</source>
        <translation>Copier de nouveau le lien depuis Dialog Insight, pour une organisation de production ou un bac à sable selon le cas.</translation>
    </message>
    <message>
        <source>A name that the package needs is taken in this org; nothing was installed.</source>
        <translation>Un nom dont le package a besoin est déjà pris dans cette organisation&#x202f;; rien n’a été installé.</translation>
    </message>
    <message>
        <source>An administrator renames or removes what has that name; the details name it.</source>
        <translation>Un administrateur renomme ou supprime ce qui porte ce nom&#x202f;; les détails le nomment.</translation>
    </message>
    <message>
        <source>The org has no room for the package, or its edition lacks something.</source>
        <translation>L’organisation n’a pas de place pour le package, ou il manque quelque chose à son édition.</translation>
    </message>
    <message>
        <source>Show the details to the administrator of the org. Nothing was installed.</source>
        <translation>Montrer les détails à l’administrateur de l’organisation. Rien n’a été installé.</translation>
    </message>
    <message>
        <source>Salesforce could not install the package; nothing was installed.</source>
        <translation>Salesforce n’a pas pu installer le package&#x202f;; rien n’a été installé.</translation>
    </message>
    <message>
        <source>Show the details to the administrator of the org.</source>
        <translation>Montrer les détails à l’administrateur de l’organisation.</translation>
    </message>
    <message>
        <source>This is no installation link of a Salesforce package.</source>
        <translation>Ce n’est pas le lien d’installation d’un package Salesforce.</translation>
    </message>
    <message>
        <source>Copy the whole link from Dialog Insight, or the id that begins with 04t.</source>
        <translation>Copier le lien entier depuis Dialog Insight, ou l’identifiant qui commence par 04t.</translation>
    </message>
    <message>
        <source>What was asked for is no longer there to be done.</source>
        <translation>Ce qui était demandé n’est plus à faire.</translation>
    </message>
    <message>
        <source>Look again, then choose anew.</source>
        <translation>Examiner de nouveau, puis choisir encore.</translation>
    </message>
    <message>
        <source>Salesforce refused some components, so nothing was changed.</source>
        <translation>Salesforce a refusé des composants, donc rien n’a été modifié.</translation>
    </message>
    <message>
        <source>See why beside each of them; the others can be installed without them.</source>
        <translation>La raison est indiquée à côté de chacun&#x202f;; les autres peuvent être installés sans eux.</translation>
    </message>
    <message>
        <source>Salesforce has not finished after half an hour; it goes on by itself.</source>
        <translation>Salesforce n’a pas terminé après une demi-heure&#x202f;; il continue de son côté.</translation>
    </message>
    <message>
        <source>Come back later: the program goes on from there.</source>
        <translation>Revenir plus tard&#xa0;: le programme reprend à partir de là.</translation>
    </message>
    <message>
        <source>The program does not wait any more. What Salesforce has begun goes on there.</source>
        <translation>Le programme n’attend plus. Ce que Salesforce a commencé s’y poursuit.</translation>
    </message>
    <message>
        <source>Go on when you want; nothing is begun twice.</source>
        <translation>Continuer quand on veut&#x202f;; rien n’est commencé deux fois.</translation>
    </message>
    <message>
        <source>The package is not installed.</source>
        <translation>Le package n’est pas installé.</translation>
    </message>
    <message>
        <source>The details say why.</source>
        <translation>Les détails disent pourquoi.</translation>
    </message>
    <message>
        <source>Another preparation of this project file is under way.</source>
        <translation>Une autre préparation de ce fichier de projet est en cours.</translation>
    </message>
    <message>
        <source>Another window or a command is at it. Wait until it has ended.</source>
        <translation>Une autre fenêtre ou une commande s’en occupe. Attendre qu’elle ait terminé.</translation>
    </message>
    <message>
        <source>An earlier preparation began something in this org that has not ended.</source>
        <translation>Une préparation précédente a commencé dans cette organisation quelque chose qui n’est pas terminé.</translation>
    </message>
    <message>
        <source>Go on with it: nothing is begun twice.</source>
        <translation>La continuer&#xa0;: rien n’est commencé deux fois.</translation>
    </message>
    <message>
        <source>Dialog Insight could not be asked what the fields are that pairs name.</source>
        <translation>Dialog Insight n’a pas pu dire de quel type sont les champs que nomment des paires.</translation>
    </message>
    <message>
        <source>Test the Dialog Insight connection, then look again.</source>
        <translation>Tester la connexion à Dialog Insight, puis examiner de nouveau.</translation>
    </message>
    <message>
        <source>A user cannot be given access: a licence does not allow it.</source>
        <translation>Un utilisateur ne peut pas recevoir l’accès&#xa0;: une licence ne le permet pas.</translation>
    </message>
    <message>
        <source>Give that user another licence, or leave that one out.</source>
        <translation>Donner une autre licence à cet utilisateur, ou ne pas l’inclure.</translation>
    </message>
    <message>
        <source>The package asks to contact addresses of Dialog Insight.</source>
        <translation>Le package demande à contacter des adresses de Dialog Insight.</translation>
    </message>
    <message>
        <source>Approve them, then install the package.</source>
        <translation>Les approuver, puis installer le package.</translation>
    </message>
    <message>
        <source>Dialog Insight&apos;s own package is installed in this org, and may serve a project that this file serves too.</source>
        <translation>Le package propre à Dialog Insight est installé dans cette organisation, et dessert peut-être un projet que ce fichier dessert aussi.</translation>
    </message>
    <message>
        <source>Dialog Insight advises against two integrations in one project. See in Salesforce, under DI Destination Projects, that none of these is active there.</source>
        <translation>Dialog Insight déconseille deux intégrations dans un même projet. Vérifier dans Salesforce, sous DI Destination Projects, qu’aucun de ces projets n’y est actif.</translation>
    </message>
    <message>
        <source>Our sync with Dialog Insight cannot prepare Salesforce ({0}).</source>
        <translation>Notre synchronisation avec Dialog Insight ne peut pas préparer Salesforce ({0}).</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Examiner de nouveau</translation>
    </message>
    <message>
        <source>Copy for the administrator</source>
        <translation>Copier pour l’administrateur</translation>
    </message>
    <message>
        <source>Authorize again</source>
        <translation>Autoriser de nouveau</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>text {0}</source>
        <translation>texte {0}</translation>
    </message>
    <message>
        <source>long text {0}</source>
        <translation>texte long {0}</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>courriel</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>téléphone</translation>
    </message>
    <message>
        <source>web address</source>
        <translation>adresse Web</translation>
    </message>
    <message>
        <source>picklist</source>
        <translation>liste de sélection</translation>
    </message>
    <message>
        <source>picklist of several values</source>
        <translation>liste à choix multiples</translation>
    </message>
    <message>
        <source>checkbox</source>
        <translation>case à cocher</translation>
    </message>
    <message>
        <source>number, {0} digits, {1} decimals</source>
        <translation>nombre, {0} chiffres, {1} décimales</translation>
    </message>
    <message>
        <source>date</source>
        <translation>date</translation>
    </message>
    <message>
        <source>date and time</source>
        <translation>date et heure</translation>
    </message>
    <message>
        <source>time</source>
        <translation>heure</translation>
    </message>
    <message>
        <source>Ties a record to its Dialog Insight contact</source>
        <translation>Relie un enregistrement à son contact Dialog Insight</translation>
    </message>
    <message>
        <source>Receives the “{0}” opt-in</source>
        <translation>Reçoit l’opt-in «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Receives the date of the “{0}” opt-in</source>
        <translation>Reçoit la date de l’opt-in «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Receives the source of the “{0}” opt-in</source>
        <translation>Reçoit la source de l’opt-in «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Is paired with {0} of Dialog Insight</source>
        <translation>Est associé à {0} de Dialog Insight</translation>
    </message>
    <message>
        <source>Field access for the users that you choose</source>
        <translation>Accès aux champs pour les utilisateurs choisis</translation>
    </message>
    <message>
        <source>Was made for this project, which no longer asks for it</source>
        <translation>A été créé pour ce projet, qui n’en a plus besoin</translation>
    </message>
    <message>
        <source>Ties a contact to its Dialog Insight record</source>
        <translation>Relie un contact à sa fiche Dialog Insight</translation>
    </message>
    <message>
        <source>Ties a lead to its Dialog Insight record</source>
        <translation>Relie une piste à sa fiche Dialog Insight</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installé</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>masqué</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>manquant</translation>
    </message>
    <message>
        <source>conflict: {0}</source>
        <translation>conflit&#xa0;: {0}</translation>
    </message>
    <message>
        <source>another type</source>
        <translation>autre type</translation>
    </message>
    <message>
        <source>A field of this name is there already, with a type that does not serve.</source>
        <translation>Un champ de ce nom existe déjà, avec un type qui ne convient pas.</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>trop court</translation>
    </message>
    <message>
        <source>The field that is there does not have room for what it would receive.</source>
        <translation>Le champ existant n’a pas la place pour ce qu’il recevrait.</translation>
    </message>
    <message>
        <source>An administrator makes it longer in Salesforce, or you choose another one.</source>
        <translation>Un administrateur l’allonge dans Salesforce, ou on en choisit un autre.</translation>
    </message>
    <message>
        <source>no external ID</source>
        <translation>pas d’ID externe</translation>
    </message>
    <message>
        <source>The field that is there is not marked as an external ID.</source>
        <translation>Le champ existant n’est pas marqué ID externe.</translation>
    </message>
    <message>
        <source>An administrator marks it External ID and Unique in Salesforce, or you choose another name.</source>
        <translation>Un administrateur le marque ID externe et Unique dans Salesforce, ou on choisit un autre nom.</translation>
    </message>
    <message>
        <source>not unique</source>
        <translation>non unique</translation>
    </message>
    <message>
        <source>The field that is there allows the same value twice: a person could be created twice.</source>
        <translation>Le champ existant accepte deux fois la même valeur&#xa0;: une personne pourrait être créée deux fois.</translation>
    </message>
    <message>
        <source>An administrator marks it Unique in Salesforce, or you choose another name.</source>
        <translation>Un administrateur le marque Unique dans Salesforce, ou on choisit un autre nom.</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>non modifiable</translation>
    </message>
    <message>
        <source>A formula or an automatic number is there: nothing can be written to it.</source>
        <translation>Il s’agit d’une formule ou d’un numéro automatique&#xa0;: on ne peut rien y écrire.</translation>
    </message>
    <message>
        <source>other values</source>
        <translation>autres valeurs</translation>
    </message>
    <message>
        <source>The picklist that is there does not offer the words that would be written.</source>
        <translation>La liste de sélection existante n’offre pas les mots qui y seraient écrits.</translation>
    </message>
    <message>
        <source>An administrator adds them to the picklist, or you choose its words on the Opt-ins tab.</source>
        <translation>Un administrateur les ajoute à la liste, ou on choisit les siens dans l’onglet Opt-ins.</translation>
    </message>
    <message>
        <source>part of a package</source>
        <translation>dans un package</translation>
    </message>
    <message>
        <source>The field belongs to an installed package, which alone may make or change it.</source>
        <translation>Le champ appartient à un package installé, qui seul peut le créer ou le modifier.</translation>
    </message>
    <message>
        <source>Choose another field, or install that package first.</source>
        <translation>Choisir un autre champ, ou installer d’abord ce package.</translation>
    </message>
    <message>
        <source>not made here</source>
        <translation>créé par d’autres</translation>
    </message>
    <message>
        <source>A permission set of this name is there that this program did not make.</source>
        <translation>Un ensemble d’autorisations de ce nom existe, que ce programme n’a pas créé.</translation>
    </message>
    <message>
        <source>An administrator renames it in Salesforce, or gives people access to the fields by hand.</source>
        <translation>Un administrateur le renomme dans Salesforce, ou donne lui-même l’accès aux champs.</translation>
    </message>
    <message>
        <source>two uses</source>
        <translation>deux usages</translation>
    </message>
    <message>
        <source>The project file gives this field two uses that no single field can serve.</source>
        <translation>Le fichier de projet donne à ce champ deux usages qu’un seul champ ne peut remplir.</translation>
    </message>
    <message>
        <source>Choose another field for one of the two.</source>
        <translation>Choisir un autre champ pour l’un des deux.</translation>
    </message>
    <message>
        <source>impossible name</source>
        <translation>nom impossible</translation>
    </message>
    <message>
        <source>Salesforce does not allow a custom field of this name.</source>
        <translation>Salesforce n’accepte pas de champ personnalisé de ce nom.</translation>
    </message>
    <message>
        <source>Letters, digits and single underscores, at most 40 of them, then __c: choose such a name.</source>
        <translation>Choisir un nom fait de lettres, de chiffres et de tirets bas isolés, 40 au plus, suivis de __c.</translation>
    </message>
    <message>
        <source>no such object</source>
        <translation>objet absent</translation>
    </message>
    <message>
        <source>The org does not show this object to the user of the connection.</source>
        <translation>L’organisation ne montre pas cet objet à l’utilisateur de la connexion.</translation>
    </message>
    <message>
        <source>Choose another object, or ask an administrator for access to this one.</source>
        <translation>Choisir un autre objet, ou demander à un administrateur l’accès à celui-ci.</translation>
    </message>
    <message>
        <source>type not known</source>
        <translation>type inconnu</translation>
    </message>
    <message>
        <source>Dialog Insight does not tell what its field holds, so it is not known how to make this one.</source>
        <translation>Dialog Insight ne dit pas ce que contient son champ&#x202f;; on ne sait donc pas comment créer celui-ci.</translation>
    </message>
    <message>
        <source>{0} on {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Permission set</source>
        <translation>Ensemble d’autorisations</translation>
    </message>
    <message>
        <source>Custom field</source>
        <translation>Champ personnalisé</translation>
    </message>
    <message>
        <source>external ID</source>
        <translation>ID externe</translation>
    </message>
    <message>
        <source>unique</source>
        <translation>unique</translation>
    </message>
    <message>
        <source>A permission set that lets people see and edit these fields</source>
        <translation>Un ensemble d’autorisations qui permet de voir et de modifier ces champs</translation>
    </message>
    <message>
        <source>It is there; the user of the connection is given access to it</source>
        <translation>Il existe&#x202f;; l’utilisateur de la connexion en reçoit l’accès</translation>
    </message>
    <message>
        <source>label “{0}”</source>
        <translation>étiquette «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>non vu</translation>
    </message>
    <message>
        <source>It may be there, hidden: only a user who may look at the set-up of the org can tell.</source>
        <translation>Il existe peut-être, masqué&#xa0;: seul un utilisateur qui peut consulter la configuration de l’organisation peut le dire.</translation>
    </message>
    <message>
        <source>It is there, but the user of the connection cannot use it yet.</source>
        <translation>Il existe, mais l’utilisateur de la connexion ne peut pas encore s’en servir.</translation>
    </message>
    <message>
        <source>Without it, nobody sees a field that was just made.</source>
        <translation>Sans lui, personne ne voit un champ qui vient d’être créé.</translation>
    </message>
    <message>
        <source>Checked by Salesforce</source>
        <translation>Vérifié par Salesforce</translation>
    </message>
    <message>
        <source>Carried out</source>
        <translation>Exécuté</translation>
    </message>
    <message>
        <source>Access given</source>
        <translation>Accès donné</translation>
    </message>
    <message>
        <source>Fields visible</source>
        <translation>Champs visibles</translation>
    </message>
    <message>
        <source>Salesforce checks whether all of it can be done…</source>
        <translation>Salesforce vérifie si le tout est possible…</translation>
    </message>
    <message>
        <source>Salesforce carries it out…</source>
        <translation>Salesforce exécute la demande…</translation>
    </message>
    <message>
        <source>Access to the fields is given…</source>
        <translation>L’accès aux champs est donné…</translation>
    </message>
    <message>
        <source>Waiting until Salesforce shows the fields…</source>
        <translation>En attente que Salesforce montre les champs…</translation>
    </message>
</context>
<context>
    <name>PrepareCard</name>
    <message>
        <source>Component</source>
        <translation>Composant</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>À quoi il sert</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Used by {0}</source>
        <translation>Utilisé par {0}</translation>
    </message>
    <message>
        <source>Prepare Salesforce</source>
        <translation>Préparer Salesforce</translation>
    </message>
    <message>
        <source>Revie&amp;w and install…</source>
        <translation>Re&amp;voir et installer…</translation>
    </message>
    <message>
        <source>&amp;Who may see…</source>
        <translation>Qui &amp;y a accès…</translation>
    </message>
    <message>
        <source>What the project needs in this org</source>
        <translation>Ce que le projet demande à cette organisation</translation>
    </message>
    <message>
        <source>Look a&amp;gain</source>
        <translation>E&amp;xaminer de nouveau</translation>
    </message>
    <message>
        <source>Dialog Insight&apos;s pac&amp;kage…</source>
        <translation>Pac&amp;kage de Dialog Insight…</translation>
    </message>
    <message>
        <source>Remo&amp;ve what was made…</source>
        <translation>Supprimer ce &amp;qui a été créé…</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>examen…</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>pas encore examinée</translation>
    </message>
    <message>
        <source>nothing needed</source>
        <translation>rien à faire</translation>
    </message>
    <message>
        <source>all installed</source>
        <translation>tout est installé</translation>
    </message>
    <message>
        <source>{0} of {1} installed</source>
        <translation>{0} sur {1} installés</translation>
    </message>
    <message>
        <source>No integration uses this org yet. Once one does, what it needs here is listed.</source>
        <translation>Aucune intégration n’utilise encore cette organisation. Dès qu’il y en aura une, ce dont elle a besoin sera énuméré ici.</translation>
    </message>
    <message>
        <source>This project asks nothing of this org that is not there.</source>
        <translation>Ce projet ne demande rien à cette organisation qui n’y soit déjà.</translation>
    </message>
    <message>
        <source>Only needed to send data from Salesforce, or where the project names fields that the org lacks. Nothing that exists is overwritten; conflicts are listed and left alone.</source>
        <translation>Nécessaire seulement pour envoyer des données depuis Salesforce, ou si le projet nomme des champs que l’organisation n’a pas. Rien de ce qui existe n’est remplacé&#x202f;; les conflits sont énumérés et laissés tels quels.</translation>
    </message>
    <message>
        <source>An installation was begun in this org and has not come to its end.</source>
        <translation>Une installation a été commencée dans cette organisation et n’est pas arrivée à son terme.</translation>
    </message>
    <message>
        <source>Go on with it: what is done already is not done again.</source>
        <translation>La continuer&#xa0;: ce qui est déjà fait n’est pas refait.</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>C&amp;ontinuer</translation>
    </message>
    <message>
        <source>The org was prepared.</source>
        <translation>L’organisation a été préparée.</translation>
    </message>
    <message>
        <source>Nothing was left to be done.</source>
        <translation>Il ne restait rien à faire.</translation>
    </message>
    <message>
        <source>See what &amp;became of it</source>
        <translation>Voir le &amp;détail</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>PrepareProgress</name>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>St&amp;op waiting</source>
        <translation>Cesser d’atten&amp;dre</translation>
    </message>
    <message>
        <source>This may take some minutes. You can go on working, or close the program: Salesforce goes on by itself, and the program follows it when it is opened again.</source>
        <translation>Cela peut prendre quelques minutes. On peut continuer à travailler, ou fermer le programme&#xa0;: Salesforce continue de son côté, et le programme le suit dès sa réouverture.</translation>
    </message>
    <message>
        <source>{0}: done</source>
        <translation>{0}&#xa0;: fait</translation>
    </message>
    <message>
        <source>{0}: not yet</source>
        <translation>{0}&#xa0;: pas encore</translation>
    </message>
</context>
<context>
    <name>PreviewPage</name>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Will be</source>
        <translation>Sera</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Save the preview</source>
        <translation>Enregistrer l’aperçu</translation>
    </message>
    <message>
        <source>Save as CS&amp;V…</source>
        <translation>Enregistrer en CS&amp;V…</translation>
    </message>
    <message>
        <source>Preview again</source>
        <translation>Refaire l’aperçu</translation>
    </message>
    <message>
        <source>The project file was edited since this preview was made.</source>
        <translation>Le fichier de projet a été modifié depuis cet aperçu.</translation>
    </message>
    <message>
        <source>A run has sent changes since, at {0}.</source>
        <translation>Une exécution a envoyé des changements depuis, à {0}.</translation>
    </message>
    <message>
        <source>Only what is still called for is sent. Preview again to see what would be sent now.</source>
        <translation>Seul ce qui est encore à faire est envoyé. Refaire l’aperçu montre ce qui serait envoyé maintenant.</translation>
    </message>
    <message>
        <source>All changes</source>
        <translation>Tous les changements</translation>
    </message>
    <message>
        <source>Both services</source>
        <translation>Les deux services</translation>
    </message>
    <message>
        <source>All integrations</source>
        <translation>Toutes les intégrations</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>Genre de changement</translation>
    </message>
    <message>
        <source>Service that is written to</source>
        <translation>Service où l’on écrit</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Search records, fields, values</source>
        <translation>Chercher nom, champ ou valeur</translation>
    </message>
    <message>
        <source>Reading more of the preview…</source>
        <translation>Lecture de la suite de l’aperçu…</translation>
    </message>
    <message>
        <source>The first run of {0} is shown before anything is sent.</source>
        <translation>La première exécution de {0} est montrée avant tout envoi.</translation>
    </message>
    <message>
        <source>{0} would change very much at once, so it is shown before it is sent.</source>
        <translation>{0} changerait beaucoup de données d’un coup&#x202f;; c’est donc montré avant l’envoi.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangés</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Preview: what Sync now would do</source>
        <translation>Aperçu&#xa0;: ce que ferait la synchronisation</translation>
    </message>
    <message>
        <source>Nothing is sent.</source>
        <translation>Rien n’est envoyé.</translation>
    </message>
    <message>
        <source>The preview did not finish. Nothing was sent.</source>
        <translation>L’aperçu ne s’est pas terminé. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>There is nothing to send: both sides correspond.</source>
        <translation>Il n’y a rien à envoyer&#xa0;: les deux côtés correspondent.</translation>
    </message>
    <message>
        <source>Nothing was sent yet.</source>
        <translation>Rien n’a encore été envoyé.</translation>
    </message>
    <message>
        <source>Calls that sending takes: {0}.</source>
        <translation>Appels nécessaires à l’envoi&#xa0;: {0}.</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>Show</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>Show where: {0}</source>
        <translation>Voir où&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Problems of this mapping</source>
        <translation>Problèmes de ce mappage</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>There is no field “{0}” in the object {1}.</source>
        <translation>Il n’y a pas de champ «&#xa0;{0}&#xa0;» dans l’objet {1}.</translation>
    </message>
    <message>
        <source>Choose another field; this one was renamed, removed, or is hidden from the connected user.</source>
        <translation>Choisir un autre champ&#x202f;; celui-ci a été renommé, retiré, ou est caché à l’utilisateur connecté.</translation>
    </message>
    <message>
        <source>There is no field “{0}” in {1}.</source>
        <translation>Il n’y a pas de champ «&#xa0;{0}&#xa0;» dans {1}.</translation>
    </message>
    <message>
        <source>There is no field “{0}” in the table {1}.</source>
        <translation>Il n’y a pas de champ «&#xa0;{0}&#xa0;» dans la table {1}.</translation>
    </message>
    <message>
        <source>Choose another field; this one was renamed or removed in Dialog Insight.</source>
        <translation>Choisir un autre champ&#x202f;; celui-ci a été renommé ou retiré dans Dialog Insight.</translation>
    </message>
    <message>
        <source>A link to a contact takes no default.</source>
        <translation>Un lien vers un contact n’a pas de valeur par défaut.</translation>
    </message>
    <message>
        <source>Remove the default of this pair.</source>
        <translation>Retirer la valeur par défaut de cette paire.</translation>
    </message>
    <message>
        <source>{0} is not a text field.</source>
        <translation>{0} n’est pas un champ de texte.</translation>
    </message>
    <message>
        <source>Choose a text field of 40 characters, marked External ID and Unique, made for this.</source>
        <translation>Choisir un champ de texte de 40 caractères, marqué «&#xa0;External ID&#xa0;» et «&#xa0;Unique&#xa0;», créé pour cela.</translation>
    </message>
    <message>
        <source>{0} has room for {1} characters; {2} are needed.</source>
        <translation>{0} a de la place pour {1} caractères&#x202f;; il en faut {2}.</translation>
    </message>
    <message>
        <source>{0} is not an external id with unique values: a person could be created twice.</source>
        <translation>{0} n’est pas un identifiant externe à valeurs uniques&#xa0;: une personne pourrait être créée deux fois.</translation>
    </message>
    <message>
        <source>Salesforce does not let {0} be filled in a new record.</source>
        <translation>Salesforce ne laisse pas remplir {0} dans un nouvel enregistrement.</translation>
    </message>
    <message>
        <source>Pair a field that may be written in a new record, or do not create people in Salesforce.</source>
        <translation>Apparier un champ qui peut être écrit dans un nouvel enregistrement, ou ne pas créer de personnes dans Salesforce.</translation>
    </message>
    <message>
        <source>{0} cannot say that a record is deleted.</source>
        <translation>{0} ne peut pas dire qu’un enregistrement est supprimé.</translation>
    </message>
    <message>
        <source>Choose a text, a date or a true/false field made for this, or none: deletes are then reported.</source>
        <translation>Choisir un champ de texte, de date ou vrai/faux créé pour cela, ou aucun&#xa0;: les suppressions sont alors signalées.</translation>
    </message>
    <message>
        <source>{0} is a consent. No consent is ever written to Dialog Insight.</source>
        <translation>{0} est un consentement. Aucun consentement n’est jamais écrit dans Dialog Insight.</translation>
    </message>
    <message>
        <source>{0} is paired with a Salesforce field already.</source>
        <translation>{0} est déjà apparié à un champ de Salesforce.</translation>
    </message>
    <message>
        <source>Dialog Insight does not let {0} be written.</source>
        <translation>Dialog Insight ne laisse pas écrire {0}.</translation>
    </message>
    <message>
        <source>Choose a field that may be written.</source>
        <translation>Choisir un champ qui peut être écrit.</translation>
    </message>
    <message>
        <source>The text has {0} characters with its date; {1} holds {2}.</source>
        <translation>Le texte a {0} caractères avec sa date&#x202f;; {1} en contient {2}.</translation>
    </message>
    <message>
        <source>Write a shorter text, or choose a longer field.</source>
        <translation>Écrire un texte plus court, ou choisir un champ plus long.</translation>
    </message>
    <message>
        <source>{0} and {2} cannot be paired this way.</source>
        <translation>{0} et {2} ne peuvent pas être appariés ainsi.</translation>
    </message>
    <message>
        <source>Choose the pair to see why, then choose another field or direction.</source>
        <translation>Choisir la paire pour voir pourquoi, puis un autre champ ou une autre direction.</translation>
    </message>
    <message>
        <source>Only a text can be cut, to a text field with a length.</source>
        <translation>Seul un texte peut être coupé, vers un champ de texte qui a une longueur.</translation>
    </message>
    <message>
        <source>Take this transform away, or pair other fields.</source>
        <translation>Retirer cette transformation, ou apparier d’autres champs.</translation>
    </message>
    <message>
        <source>Only a number can be rounded, to a number field that says its decimals.</source>
        <translation>Seul un nombre peut être arrondi, vers un champ numérique qui indique ses décimales.</translation>
    </message>
    <message>
        <source>Only a text can be put in lower case.</source>
        <translation>Seul un texte peut être mis en minuscules.</translation>
    </message>
    <message>
        <source>Only a text can be reduced to its digits.</source>
        <translation>Seul un texte peut être réduit à ses chiffres.</translation>
    </message>
    <message>
        <source>The default of {0} cannot be sent.</source>
        <translation>La valeur par défaut de {0} ne peut pas être envoyée.</translation>
    </message>
    <message>
        <source>Write a default that the Dialog Insight field holds.</source>
        <translation>Écrire une valeur par défaut que le champ de Dialog Insight accepte.</translation>
    </message>
    <message>
        <source>Dialog Insight requires {0}, and nothing is paired with it.</source>
        <translation>Dialog Insight exige {0}, et rien n’y est apparié.</translation>
    </message>
    <message>
        <source>Pair a field with it; without it every new record is refused.</source>
        <translation>Y apparier un champ&#x202f;; sans lui, tout nouvel enregistrement est refusé.</translation>
    </message>
    <message>
        <source>Salesforce requires {0}, and nothing is paired with it.</source>
        <translation>Salesforce exige {0}, et rien n’y est apparié.</translation>
    </message>
    <message>
        <source>Pair a Dialog Insight field with it; without it nobody can be created in Salesforce.</source>
        <translation>Y apparier un champ de Dialog Insight&#x202f;; sans lui, personne ne peut être créé dans Salesforce.</translation>
    </message>
    <message>
        <source>There is no opt-in “{0}” in {1}.</source>
        <translation>Il n’y a pas d’opt-in «&#xa0;{0}&#xa0;» dans {1}.</translation>
    </message>
    <message>
        <source>Choose another opt-in; this one was renamed or removed in Dialog Insight.</source>
        <translation>Choisir un autre opt-in&#x202f;; celui-ci a été renommé ou retiré dans Dialog Insight.</translation>
    </message>
    <message>
        <source>{0} is no date.</source>
        <translation>{0} n’est pas une date.</translation>
    </message>
    <message>
        <source>Choose a date, or a date with time.</source>
        <translation>Choisir une date, ou une date avec l’heure.</translation>
    </message>
    <message>
        <source>{0} cannot hold where a consent comes from.</source>
        <translation>{0} ne peut pas contenir d’où vient un consentement.</translation>
    </message>
    <message>
        <source>Choose a longer text field.</source>
        <translation>Choisir un champ de texte plus long.</translation>
    </message>
    <message>
        <source>“{0}” is used twice.</source>
        <translation>«&#xa0;{0}&#xa0;» est utilisé deux fois.</translation>
    </message>
    <message>
        <source>Give each one its own.</source>
        <translation>Donner à chacun le sien.</translation>
    </message>
    <message>
        <source>{0} cannot hold a consent.</source>
        <translation>{0} ne peut pas contenir un consentement.</translation>
    </message>
    <message>
        <source>Choose a checkbox, a picklist with one value, or a text field.</source>
        <translation>Choisir une case à cocher, une liste à une valeur ou un champ de texte.</translation>
    </message>
    <message>
        <source>“{0}” is given two meanings.</source>
        <translation>«&#xa0;{0}&#xa0;» reçoit deux sens.</translation>
    </message>
    <message>
        <source>Write a different word for each answer.</source>
        <translation>Écrire un mot différent pour chaque réponse.</translation>
    </message>
    <message>
        <source>{0} does not accept “{1}”.</source>
        <translation>{0} n’accepte pas «&#xa0;{1}&#xa0;».</translation>
    </message>
    <message>
        <source>Choose a word of the list, or add it to the list in Salesforce.</source>
        <translation>Choisir un mot de la liste, ou l’ajouter à la liste dans Salesforce.</translation>
    </message>
    <message>
        <source>{0} holds {1} characters; “{2}” is longer.</source>
        <translation>{0} contient {1} caractères&#x202f;; «&#xa0;{2}&#xa0;» est plus long.</translation>
    </message>
    <message>
        <source>Write a shorter word, or lengthen the field in Salesforce.</source>
        <translation>Écrire un mot plus court, ou allonger le champ dans Salesforce.</translation>
    </message>
    <message>
        <source>{0} is written by another opt-in, or twice by this one.</source>
        <translation>{0} est écrit par un autre opt-in, ou deux fois par celui-ci.</translation>
    </message>
    <message>
        <source>Give each consent, its date and its source a field of their own.</source>
        <translation>Donner à chaque consentement, à sa date et à sa source un champ à eux.</translation>
    </message>
    <message>
        <source>{0} is a checkbox: it is ticked or not, and holds no word.</source>
        <translation>{0} est une case à cocher&#xa0;: elle est cochée ou non, et ne contient aucun mot.</translation>
    </message>
    <message>
        <source>Choose what yes and no become again.</source>
        <translation>Choisir de nouveau ce que deviennent oui et non.</translation>
    </message>
    <message>
        <source>{0} is no checkbox, so it cannot be inverted.</source>
        <translation>{0} n’est pas une case à cocher, elle ne peut donc pas être inversée.</translation>
    </message>
    <message>
        <source>Write the words that yes and no become.</source>
        <translation>Écrire les mots que deviennent oui et non.</translation>
    </message>
    <message>
        <source>The word is empty.</source>
        <translation>Le mot est vide.</translation>
    </message>
    <message>
        <source>Write a word, or leave the field as it is.</source>
        <translation>Écrire un mot, ou laisser le champ tel quel.</translation>
    </message>
    <message>
        <source>{0} cannot be written in Salesforce.</source>
        <translation>{0} ne peut pas être écrit dans Salesforce.</translation>
    </message>
    <message>
        <source>Choose a field of the object itself that the connected user may edit, and no formula.</source>
        <translation>Choisir un champ de l’objet lui-même que l’utilisateur connecté peut modifier, et pas une formule.</translation>
    </message>
    <message>
        <source>{0} needs a word for yes and a word for no.</source>
        <translation>{0} a besoin d’un mot pour oui et d’un mot pour non.</translation>
    </message>
    <message>
        <source>Write the words that it receives.</source>
        <translation>Écrire les mots qu’il reçoit.</translation>
    </message>
    <message>
        <source>{0} is a consent. Consents travel from Dialog Insight to Salesforce only.</source>
        <translation>{0} est un consentement. Les consentements ne vont que de Dialog Insight vers Salesforce.</translation>
    </message>
    <message>
        <source>Remove this pair; opt-ins have their own tab.</source>
        <translation>Retirer cette paire&#x202f;; les opt-ins ont leur propre onglet.</translation>
    </message>
    <message>
        <source>{0} is a consent. Consents travel from Dialog Insight to Salesforce only, as opt-ins.</source>
        <translation>{0} est un consentement. Les consentements ne vont que de Dialog Insight vers Salesforce, comme opt-ins.</translation>
    </message>
    <message>
        <source>A custom table is filled from Salesforce only.</source>
        <translation>Une table personnalisée n’est remplie que depuis Salesforce.</translation>
    </message>
    <message>
        <source>Let this pair travel to Dialog Insight only.</source>
        <translation>Ne laisser aller cette paire que vers Dialog Insight.</translation>
    </message>
    <message>
        <source>The key of a type A project is the Salesforce record Id; an e-mail or a name may repeat or change.</source>
        <translation>La clé d’un projet de type A est l’identifiant Salesforce&#x202f;; un courriel ou un nom peut se répéter ou changer.</translation>
    </message>
    <message>
        <source>Pair the key with the Salesforce Id.</source>
        <translation>Apparier la clé à l’identifiant Salesforce (Id).</translation>
    </message>
    <message>
        <source>A key is sent exactly as it is: it takes no default and no transform.</source>
        <translation>Une clé est envoyée exactement telle quelle&#xa0;: elle n’a ni valeur par défaut ni transformation.</translation>
    </message>
    <message>
        <source>Remove the default and the transform of this pair.</source>
        <translation>Retirer la valeur par défaut et la transformation de cette paire.</translation>
    </message>
    <message>
        <source>The newest of two values is chosen only where both sides may change them; this pair travels one way.</source>
        <translation>La plus récente de deux valeurs n’est choisie que là où les deux côtés peuvent les changer&#x202f;; cette paire va dans un seul sens.</translation>
    </message>
    <message>
        <source>Choose another rule, or let this pair travel both ways.</source>
        <translation>Choisir une autre règle, ou laisser cette paire aller dans les deux sens.</translation>
    </message>
    <message>
        <source>{0} holds what tells people born in Dialog Insight apart; only the program writes it.</source>
        <translation>{0} distingue les personnes nées dans Dialog Insight&#x202f;; seul le programme l’écrit.</translation>
    </message>
    <message>
        <source>Pair another Salesforce field.</source>
        <translation>Apparier un autre champ de Salesforce.</translation>
    </message>
    <message>
        <source>{0} is written to {1} already; two fields would fight over it.</source>
        <translation>{0} est déjà écrit dans {1}&#x202f;; deux champs se le disputeraient.</translation>
    </message>
    <message>
        <source>Let one of the two pairs travel to Dialog Insight only, or remove it.</source>
        <translation>Ne laisser aller l’une des deux paires que vers Dialog Insight, ou la retirer.</translation>
    </message>
    <message>
        <source>A custom table has no opt-ins; contacts have them.</source>
        <translation>Une table personnalisée n’a pas d’opt-ins&#x202f;; les contacts en ont.</translation>
    </message>
    <message>
        <source>Take the opt-ins away.</source>
        <translation>Retirer les opt-ins.</translation>
    </message>
    <message>
        <source>Salesforce alone gives a record its Id.</source>
        <translation>Seul Salesforce donne son identifiant à un enregistrement.</translation>
    </message>
    <message>
        <source>Nobody born in Dialog Insight has a Salesforce Id; it cannot be the key of a type B project.</source>
        <translation>Les personnes nées dans Dialog Insight n’ont pas d’identifiant Salesforce&#x202f;; il ne peut pas être la clé d’un projet de type B.</translation>
    </message>
    <message>
        <source>Pair the key with the field that holds it in Salesforce, such as Email.</source>
        <translation>Apparier la clé au champ qui la contient dans Salesforce, comme Email.</translation>
    </message>
    <message>
        <source>In a type B project nothing but the Salesforce Id travels to Dialog Insight.</source>
        <translation>Dans un projet de type B, rien d’autre que l’identifiant Salesforce ne va vers Dialog Insight.</translation>
    </message>
    <message>
        <source>Let this pair travel to Salesforce only, or serve these people by a project of type A too.</source>
        <translation>Ne laisser aller cette paire que vers Salesforce, ou servir ces personnes aussi par un projet de type A.</translation>
    </message>
    <message>
        <source>Inverting is for a checkbox, words are for a list or a text.</source>
        <translation>Inverser vaut pour une case à cocher, les mots valent pour une liste ou un texte.</translation>
    </message>
    <message>
        <source>Keep one of the two.</source>
        <translation>Garder l’un des deux.</translation>
    </message>
    <message>
        <source>{0} belongs to a related record; it can be read, and not written.</source>
        <translation>{0} appartient à un enregistrement lié&#x202f;; il peut être lu, et non écrit.</translation>
    </message>
    <message>
        <source>Let this pair travel to Dialog Insight only, in a project of type A, or remove it.</source>
        <translation>Ne laisser aller cette paire que vers Dialog Insight, dans un projet de type A, ou la retirer.</translation>
    </message>
    <message>
        <source>The Salesforce Id is written to another field already.</source>
        <translation>L’identifiant Salesforce est déjà écrit dans un autre champ.</translation>
    </message>
    <message>
        <source>Keep one pair from Id: its field tells who has a Salesforce record.</source>
        <translation>Garder une seule paire depuis Id&#xa0;: son champ dit qui a un enregistrement Salesforce.</translation>
    </message>
    <message>
        <source>{0} cannot receive an opt-in.</source>
        <translation>{0} ne peut pas recevoir un opt-in.</translation>
    </message>
    <message>
        <source>Choose a field of the object itself, made for this.</source>
        <translation>Choisir un champ de l’objet lui-même, créé pour cela.</translation>
    </message>
    <message>
        <source>A default or a transform is for what Dialog Insight receives; this pair travels to Salesforce only.</source>
        <translation>Une valeur par défaut ou une transformation vaut pour ce que Dialog Insight reçoit&#x202f;; cette paire ne va que vers Salesforce.</translation>
    </message>
    <message>
        <source>{0} is written by the opt-in {1} already.</source>
        <translation>{0} est déjà écrit par l’opt-in {1}.</translation>
    </message>
    <message>
        <source>The project {0} has no custom table “{1}”.</source>
        <translation>Le projet {0} n’a pas de table personnalisée «&#xa0;{1}&#xa0;».</translation>
    </message>
    <message>
        <source>Add the table on the Destination projects tab, or choose the contact list.</source>
        <translation>Ajouter la table dans l’onglet Projets de destination, ou choisir la liste de contacts.</translation>
    </message>
    <message>
        <source>The primary key is not paired: {1}.</source>
        <translation>La clé primaire n’est pas appariée&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Pair a field with it; without it no record can be found again.</source>
        <translation>Y apparier un champ&#x202f;; sans elle, aucun enregistrement n’est retrouvé.</translation>
    </message>
    <message>
        <source>There is no Dialog Insight connection “{0}”.</source>
        <translation>Il n’y a pas de connexion Dialog Insight «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Choose a connection on the Destination projects tab.</source>
        <translation>Choisir une connexion dans l’onglet Projets de destination.</translation>
    </message>
    <message>
        <source>There is no Salesforce connection “{0}”.</source>
        <translation>Il n’y a pas de connexion Salesforce «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Add the connection, or make the mapping anew with another one.</source>
        <translation>Ajouter la connexion, ou refaire le mappage avec une autre.</translation>
    </message>
    <message>
        <source>There is no destination project “{0}”.</source>
        <translation>Il n’y a pas de projet de destination «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Add the project, or make the mapping anew with another one.</source>
        <translation>Ajouter le projet, ou refaire le mappage avec un autre.</translation>
    </message>
    <message>
        <source>“{0}” already ties {1} to this table.</source>
        <translation>«&#xa0;{0}&#xa0;» lie déjà {1} à cette table.</translation>
    </message>
    <message>
        <source>Keep one mapping for each object and table; it can carry every field.</source>
        <translation>Garder un seul mappage par objet et par table&#x202f;; il peut porter tous les champs.</translation>
    </message>
    <message>
        <source>{0} is marked as key, but it is not the primary key of the table.</source>
        <translation>{0} est marqué comme clé, mais ce n’est pas la clé primaire de la table.</translation>
    </message>
    <message>
        <source>Remove the pair and make it again.</source>
        <translation>Retirer la paire et la refaire.</translation>
    </message>
    <message>
        <source>“{0}” is the contact list itself.</source>
        <translation>«&#xa0;{0}&#xa0;» est la liste de contacts elle-même.</translation>
    </message>
    <message>
        <source>Give the custom table its own code, as Dialog Insight shows it.</source>
        <translation>Donner à la table personnalisée son propre code, tel que Dialog Insight le montre.</translation>
    </message>
    <message>
        <source>The key “{0}” is not among the fields of the table {1}.</source>
        <translation>La clé «&#xa0;{0}&#xa0;» n’est pas parmi les champs de la table {1}.</translation>
    </message>
    <message>
        <source>Add the field to the table, or choose another key.</source>
        <translation>Ajouter le champ à la table, ou choisir une autre clé.</translation>
    </message>
    <message>
        <source>“{0}” already creates the people of this project in Salesforce; which of the two a person would become cannot be known.</source>
        <translation>«&#xa0;{0}&#xa0;» crée déjà les personnes de ce projet dans Salesforce&#x202f;; on ne peut pas savoir laquelle des deux une personne deviendrait.</translation>
    </message>
    <message>
        <source>Untick “Created in Dialog Insight” for one of the two.</source>
        <translation>Décocher «&#xa0;Créé dans Dialog Insight&#xa0;» pour l’une des deux.</translation>
    </message>
    <message>
        <source>No trigger is ticked, so nothing would move.</source>
        <translation>Aucun déclencheur n’est coché, donc rien ne bougerait.</translation>
    </message>
    <message>
        <source>Tick what shall move, on the Integrations tab.</source>
        <translation>Cocher ce qui doit bouger, dans l’onglet Intégrations.</translation>
    </message>
    <message>
        <source>“Opt-in changed” is ticked, and no opt-in is tied to a Salesforce field.</source>
        <translation>«&#xa0;Opt-in modifié&#xa0;» est coché, et aucun opt-in n’est lié à un champ de Salesforce.</translation>
    </message>
    <message>
        <source>Add the opt-ins on the Opt-ins tab, or untick it.</source>
        <translation>Ajouter les opt-ins dans leur onglet, ou le décocher.</translation>
    </message>
    <message>
        <source>An external id is for people born in Dialog Insight; this integration creates nobody in Salesforce.</source>
        <translation>Un identifiant externe est pour les personnes nées dans Dialog Insight&#x202f;; cette intégration ne crée personne dans Salesforce.</translation>
    </message>
    <message>
        <source>Take the external id away.</source>
        <translation>Retirer l’identifiant externe.</translation>
    </message>
    <message>
        <source>“Updated in Dialog Insight” is ticked, and no pair travels to Salesforce.</source>
        <translation>«&#xa0;Modifié dans Dialog Insight&#xa0;» est coché, et aucune paire ne va vers Salesforce.</translation>
    </message>
    <message>
        <source>Let a pair travel both ways or to Salesforce, or untick it.</source>
        <translation>Laisser une paire aller dans les deux sens ou vers Salesforce, ou le décocher.</translation>
    </message>
    <message>
        <source>People born in {0} are created in Salesforce, and nothing there tells them apart.</source>
        <translation>Les personnes nées dans {0} sont créées dans Salesforce, et rien ne les y distingue.</translation>
    </message>
    <message>
        <source>Choose the external id: a text field of the object, of 40 characters or more, marked External ID and Unique.</source>
        <translation>Choisir l’identifiant externe&#xa0;: un champ de texte de l’objet, de 40 caractères ou plus, marqué «&#xa0;External ID&#xa0;» et «&#xa0;Unique&#xa0;».</translation>
    </message>
    <message>
        <source>Nothing in {0} tells who has a Salesforce record already.</source>
        <translation>Rien dans {0} ne dit qui a déjà un enregistrement Salesforce.</translation>
    </message>
    <message>
        <source>Pair Id with a text field of the contacts, made for this; it is filled by the program.</source>
        <translation>Apparier Id à un champ de texte des contacts, créé pour cela&#x202f;; le programme le remplit.</translation>
    </message>
    <message>
        <source>A filter is the condition alone.</source>
        <translation>Un filtre est la condition seule.</translation>
    </message>
    <message>
        <source>Write what comes after WHERE, such as Status__c = &apos;Active&apos;.</source>
        <translation>Écrire ce qui vient après WHERE, par exemple Status__c = &apos;Active&apos;.</translation>
    </message>
    <message>
        <source>A text in the filter does not end, or stands between double quotes.</source>
        <translation>Un texte du filtre ne se termine pas, ou est entre guillemets doubles.</translation>
    </message>
    <message>
        <source>Write each text between single quotes, and \&apos; for a quote inside it.</source>
        <translation>Écrire chaque texte entre apostrophes simples, et \&apos; pour une apostrophe à l’intérieur.</translation>
    </message>
    <message>
        <source>The parentheses of the filter do not match.</source>
        <translation>Les parenthèses du filtre ne se correspondent pas.</translation>
    </message>
    <message>
        <source>Close each parenthesis that is opened.</source>
        <translation>Fermer chaque parenthèse ouverte.</translation>
    </message>
    <message>
        <source>A filter is the condition alone: it does not say {0}.</source>
        <translation>Un filtre est la condition seule&#xa0;: il ne dit pas {0}.</translation>
    </message>
    <message>
        <source>Leave the condition only; every record that satisfies it is served.</source>
        <translation>Ne laisser que la condition&#x202f;; chaque enregistrement qui la satisfait est servi.</translation>
    </message>
    <message>
        <source>A filter chooses Salesforce records; the people of {0} come from Dialog Insight.</source>
        <translation>Un filtre choisit des enregistrements de Salesforce&#x202f;; les personnes de {0} viennent de Dialog Insight.</translation>
    </message>
    <message>
        <source>Take the filter away.</source>
        <translation>Retirer le filtre.</translation>
    </message>
    <message>
        <source>The key of a type A project is the Salesforce Id, which somebody born in Dialog Insight does not have yet.</source>
        <translation>La clé d’un projet de type A est l’identifiant Salesforce, que quelqu’un né dans Dialog Insight n’a pas encore.</translation>
    </message>
    <message>
        <source>Untick it; people who enter in Dialog Insight enter by a project of type B.</source>
        <translation>Le décocher&#x202f;; les personnes qui entrent dans Dialog Insight entrent par un projet de type B.</translation>
    </message>
    <message>
        <source>People of a type B project are born in Dialog Insight; nothing is received from Salesforce.</source>
        <translation>Les personnes d’un projet de type B naissent dans Dialog Insight&#x202f;; rien n’est reçu de Salesforce.</translation>
    </message>
    <message>
        <source>Untick it, or choose a project of type A.</source>
        <translation>Le décocher, ou choisir un projet de type A.</translation>
    </message>
    <message>
        <source>The fields of both services were not read yet.</source>
        <translation>Les champs des deux services n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>Connect both services, then try again.</source>
        <translation>Connecter les deux services, puis réessayer.</translation>
    </message>
    <message>
        <source>The certificate authority file cannot be used: {0}.</source>
        <translation>Le fichier d’autorités de certification ne peut pas être utilisé&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Choose a readable file of PEM certificates.</source>
        <translation>Choisir un fichier lisible de certificats PEM.</translation>
    </message>
    <message>
        <source>The filter of {0} cannot be used: Salesforce says “{1}”.</source>
        <translation>Le filtre de {0} ne peut pas être utilisé&#xa0;: Salesforce dit «&#xa0;{1}&#xa0;».</translation>
    </message>
    <message>
        <source>Correct the filter on the Object mapping tab.</source>
        <translation>Corriger le filtre dans l’onglet Mappage des objets.</translation>
    </message>
    <message>
        <source>An address is not a whole web address.</source>
        <translation>Une adresse n’est pas une adresse web complète.</translation>
    </message>
    <message>
        <source>Begin it with https://.</source>
        <translation>La commencer par https://.</translation>
    </message>
    <message>
        <source>{0} would be contacted without TLS.</source>
        <translation>{0} serait contacté sans TLS.</translation>
    </message>
    <message>
        <source>Use https://.</source>
        <translation>Utiliser https://.</translation>
    </message>
    <message>
        <source>{1} is not connected yet.</source>
        <translation>{1} n’est pas encore connecté.</translation>
    </message>
    <message>
        <source>Connect it on the Connections tab.</source>
        <translation>Le connecter dans l’onglet Connexions.</translation>
    </message>
    <message>
        <source>There is no certificate file {0}.</source>
        <translation>Il n’y a pas de fichier de certificats {0}.</translation>
    </message>
    <message>
        <source>Choose a readable file of PEM certificates, or none.</source>
        <translation>Choisir un fichier lisible de certificats PEM, ou aucun.</translation>
    </message>
    <message>
        <source>There is no integration “{0}”.</source>
        <translation>Il n’y a pas d’intégration «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>A field of this name is there and is left alone: name another one to have it made.</source>
        <translation>Un champ de ce nom existe et reste tel quel&#xa0;: nommer un autre champ pour le faire créer.</translation>
    </message>
    <message>
        <source>Prepare Salesforce to have it made, or shown to the connected user, or choose another field.</source>
        <translation>Préparer Salesforce pour le faire créer, ou montrer à l’utilisateur connecté, ou choisir un autre champ.</translation>
    </message>
    <message>
        <source>Prepare Salesforce…</source>
        <translation>Préparer Salesforce…</translation>
    </message>
    <message>
        <source>The dates of {0} can be read day first or month first; nothing tells which.</source>
        <translation>Les dates de {0} se lisent jour d’abord ou mois d’abord&#x202f;; rien ne dit lequel.</translation>
    </message>
    <message>
        <source>Say how they are written, at the step of the file.</source>
        <translation>Dire comment elles sont écrites, à l’étape du fichier.</translation>
    </message>
    <message>
        <source>No consent is ever sent to Dialog Insight, nor the date or the origin of one.</source>
        <translation>Aucun consentement n’est jamais envoyé à Dialog Insight, ni sa date ni son origine.</translation>
    </message>
    <message>
        <source>Leave this field out; what the file says becomes a file for Dialog Insight’s own dated import.</source>
        <translation>Laisser ce champ de côté&#x202f;; ce que dit le fichier devient un fichier pour l’importation datée de Dialog Insight.</translation>
    </message>
    <message>
        <source>{0} is not known to hold a consent.</source>
        <translation>Rien ne dit que {0} contient un consentement.</translation>
    </message>
    <message>
        <source>Tie it to an opt-in on the Opt-ins tab first, or import the column as any other.</source>
        <translation>Le lier d’abord à un opt-in dans l’onglet Opt-ins, ou importer la colonne comme une autre.</translation>
    </message>
    <message>
        <source>{0} is not {1}.</source>
        <translation>{0} ne convient pas&#xa0;: il faut {1}.</translation>
    </message>
    <message>
        <source>Choose another field.</source>
        <translation>Choisir un autre champ.</translation>
    </message>
    <message>
        <source>Nothing says what {0} holds for yes and for no.</source>
        <translation>Rien ne dit ce que {0} contient pour oui et pour non.</translation>
    </message>
    <message>
        <source>Say the words for subscribed and unsubscribed on the Opt-ins tab.</source>
        <translation>Dire les mots pour abonné et désabonné dans l’onglet Opt-ins.</translation>
    </message>
    <message>
        <source>There is no destination “{0}”.</source>
        <translation>Il n’y a pas de destination «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Choose one of the list.</source>
        <translation>En choisir un dans la liste.</translation>
    </message>
    <message>
        <source>“{0}” is the id of a destination project and of a Salesforce connection.</source>
        <translation>«&#xa0;{0}&#xa0;» est l’identifiant d’un projet de destination et d’une connexion Salesforce.</translation>
    </message>
    <message>
        <source>Give one of the two another id in the project file.</source>
        <translation>Donner à l’un des deux un autre identifiant dans le fichier de projet.</translation>
    </message>
    <message>
        <source>Nothing says by which field a row finds its record.</source>
        <translation>Rien ne dit par quel champ une ligne trouve son enregistrement.</translation>
    </message>
    <message>
        <source>Choose an external id or the Id, or let every row create a record.</source>
        <translation>Choisir un identifiant externe ou l’Id, ou laisser chaque ligne créer un enregistrement.</translation>
    </message>
    <message>
        <source>Salesforce finds a record by one field, not by several.</source>
        <translation>Salesforce trouve un enregistrement par un champ, non par plusieurs.</translation>
    </message>
    <message>
        <source>Keep one of them.</source>
        <translation>En garder un.</translation>
    </message>
    <message>
        <source>A record that is named by its Id is there already.</source>
        <translation>Un enregistrement désigné par son Id existe déjà.</translation>
    </message>
    <message>
        <source>Let the rows update only.</source>
        <translation>Laisser les lignes seulement mettre à jour.</translation>
    </message>
    <message>
        <source>{0} is a consent, and no consent is ever sent to Dialog Insight.</source>
        <translation>{0} est un consentement, et aucun consentement n’est jamais envoyé à Dialog Insight.</translation>
    </message>
    <message>
        <source>Put the column under consents: what it says becomes a file for Dialog Insight’s own dated import.</source>
        <translation>Mettre la colonne sous les consentements&#xa0;: ce qu’elle dit devient un fichier pour l’importation datée de Dialog Insight.</translation>
    </message>
    <message>
        <source>The key {0} is filled by no column.</source>
        <translation>Aucune colonne ne remplit la clé {0}.</translation>
    </message>
    <message>
        <source>Pair a column with {0}: rows find their record by it.</source>
        <translation>Apparier une colonne à {0}&#xa0;: les lignes trouvent leur enregistrement par ce champ.</translation>
    </message>
    <message>
        <source>{0} finds rows by {1}, and by no other field.</source>
        <translation>{0} trouve les lignes par {1}, et par aucun autre champ.</translation>
    </message>
    <message>
        <source>Pair a column with {1}.</source>
        <translation>Apparier une colonne à {1}.</translation>
    </message>
    <message>
        <source>The file has no column “{0}”.</source>
        <translation>Le fichier n’a pas de colonne «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Choose one of its columns.</source>
        <translation>Choisir une de ses colonnes.</translation>
    </message>
    <message>
        <source>{0} is made of several parts, or of bytes.</source>
        <translation>{0} est fait de plusieurs parties, ou d’octets.</translation>
    </message>
    <message>
        <source>Fill its parts, such as a city.</source>
        <translation>Remplir ses parties, comme une ville.</translation>
    </message>
    <message>
        <source>A field is named twice in the key.</source>
        <translation>Un champ est nommé deux fois dans la clé.</translation>
    </message>
    <message>
        <source>Name each one once.</source>
        <translation>Nommer chacun une fois.</translation>
    </message>
    <message>
        <source>Nothing says by which fields rows are told apart.</source>
        <translation>Rien ne dit par quels champs les lignes se distinguent.</translation>
    </message>
    <message>
        <source>Choose the primary key of the table.</source>
        <translation>Choisir la clé primaire de la table.</translation>
    </message>
    <message>
        <source>{0} belongs to a related record.</source>
        <translation>{0} appartient à un enregistrement lié.</translation>
    </message>
    <message>
        <source>Fill a field of the object itself.</source>
        <translation>Remplir un champ de l’objet lui-même.</translation>
    </message>
    <message>
        <source>Two keys may become one when they are shortened or rounded.</source>
        <translation>Deux clés peuvent devenir une seule si on les abrège ou les arrondit.</translation>
    </message>
    <message>
        <source>Leave the key exactly as it is.</source>
        <translation>Laisser la clé exactement telle quelle.</translation>
    </message>
    <message>
        <source>{0} requires {1}, and no column fills it.</source>
        <translation>{0} exige {1}, et aucune colonne ne le remplit.</translation>
    </message>
    <message>
        <source>Pair a column with {1}, or let the rows update only.</source>
        <translation>Apparier une colonne à {1}, ou laisser les lignes seulement mettre à jour.</translation>
    </message>
    <message>
        <source>{0} was added by an earlier import, to say what became of each row.</source>
        <translation>{0} a été ajoutée par une importation antérieure, pour dire ce qu’est devenue chaque ligne.</translation>
    </message>
    <message>
        <source>Leave this column out.</source>
        <translation>Laisser cette colonne de côté.</translation>
    </message>
    <message>
        <source>{0} holds a consent.</source>
        <translation>{0} contient un consentement.</translation>
    </message>
    <message>
        <source>Put the column under consents: a no is written, and a yes where Salesforce shows no no.</source>
        <translation>Mettre la colonne sous les consentements&#xa0;: un non est écrit, et un oui là où Salesforce ne montre aucun non.</translation>
    </message>
    <message>
        <source>{0} does not let {1} be written.</source>
        <translation>{0} ne laisse pas écrire {1}.</translation>
    </message>
    <message>
        <source>Leave the column out, or fill another field.</source>
        <translation>Laisser la colonne de côté, ou remplir un autre champ.</translation>
    </message>
    <message>
        <source>{0} does not let {1} be changed once a record is there.</source>
        <translation>{0} ne laisse pas modifier {1} une fois l’enregistrement créé.</translation>
    </message>
    <message>
        <source>Leave the column out.</source>
        <translation>Laisser la colonne de côté.</translation>
    </message>
    <message>
        <source>{0} is no external id; Salesforce creates or updates by external ids only.</source>
        <translation>{0} n’est pas un identifiant externe&#x202f;; Salesforce ne crée ou met à jour que par identifiant externe.</translation>
    </message>
    <message>
        <source>Choose an external id, or let the rows update only, or create only.</source>
        <translation>Choisir un identifiant externe, ou laisser les lignes seulement mettre à jour, ou seulement créer.</translation>
    </message>
    <message>
        <source>{0} does not let {1} be filled in a new record.</source>
        <translation>{0} ne laisse pas remplir {1} dans un nouvel enregistrement.</translation>
    </message>
    <message>
        <source>{0} does not let {1} be written both in a new record and in one that is there.</source>
        <translation>{0} ne laisse pas écrire {1} à la fois dans un nouvel enregistrement et dans un enregistrement existant.</translation>
    </message>
    <message>
        <source>Leave the column out, or let the rows create only, or update only.</source>
        <translation>Laisser la colonne de côté, ou laisser les lignes seulement créer, ou seulement mettre à jour.</translation>
    </message>
    <message>
        <source>There is no recipe “{0}”; there is {1}.</source>
        <translation>Il n’y a pas de réglage d’importation «&#xa0;{0}&#xa0;»&#x202f;; il y a {1}.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Checking every row</source>
        <translation>Vérification de chaque ligne</translation>
    </message>
    <message>
        <source>Sending the rows</source>
        <translation>Envoi des lignes</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>R&amp;eprendre</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>P&amp;ause</translation>
    </message>
    <message>
        <source>S&amp;top the check</source>
        <translation>A&amp;rrêter la vérification</translation>
    </message>
    <message>
        <source>S&amp;top after this batch</source>
        <translation>A&amp;rrêter après ce lot</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} de {1}</translation>
    </message>
    <message>
        <source>{0} rows/s</source>
        <translation>{0} lignes/s</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>encore {0}</translation>
    </message>
    <message>
        <source>Nothing is sent by the check. The file is only read.</source>
        <translation>La vérification n’envoie rien&#xa0;: elle ne fait que lire le fichier.</translation>
    </message>
    <message>
        <source>You can close this window: the import goes on, and its progress is on the Integrations tab. If the program or the computer ends, choose the same file again: it goes on where it stopped, no row twice.</source>
        <translation>Cette fenêtre peut être fermée&#xa0;: l’importation continue, et son avancement est sous l’onglet Intégrations. Si le programme ou l’ordinateur s’arrête, choisir de nouveau le même fichier&#xa0;: elle reprend où elle s’est arrêtée, sans doubler une ligne.</translation>
    </message>
</context>
<context>
    <name>ProjectNotices</name>
    <message>
        <source>Use {0}</source>
        <translation>Prendre {0}</translation>
    </message>
    <message>
        <source>Make it type {0}</source>
        <translation>En faire un type {0}</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>The key is not in the project</source>
        <translation>La clé n’est pas dans le projet</translation>
    </message>
    <message>
        <source>Dialog Insight shows no field of that name. Pick the primary key among its fields.</source>
        <translation>Dialog Insight ne montre aucun champ de ce nom. Choisir la clé primaire parmi ses champs.</translation>
    </message>
    <message>
        <source>Dialog Insight has another key</source>
        <translation>Dialog Insight a une autre clé</translation>
    </message>
    <message>
        <source>It says that the primary key is {0}. By another field, contacts would not be found again.</source>
        <translation>Il indique que la clé primaire est {0}. Par un autre champ, les contacts ne seraient pas retrouvés.</translation>
    </message>
    <message>
        <source>The key is too short</source>
        <translation>La clé est trop courte</translation>
    </message>
    <message>
        <source>A Salesforce Id has 18 characters. Lengthen the field in Dialog Insight, or pick another field.</source>
        <translation>Un identifiant Salesforce a 18 caractères. Allonger le champ dans Dialog Insight, ou choisir un autre champ.</translation>
    </message>
    <message>
        <source>The key does not suit type A</source>
        <translation>La clé ne convient pas au type A</translation>
    </message>
    <message>
        <source>It must hold the Salesforce Id, which is a text; an e-mail may repeat or change. Pick the field for the Salesforce Id. Dialog Insight locks the key once a project is online: where it is another one, use another project, or type B.</source>
        <translation>Elle doit contenir l’identifiant Salesforce, qui est un texte&#x202f;; un courriel peut se répéter ou changer. Choisir le champ de l’identifiant Salesforce. Dialog Insight verrouille la clé d’un projet en ligne&#xa0;: si c’en est une autre, utiliser un autre projet, ou le type B.</translation>
    </message>
    <message>
        <source>The key does not suit type B</source>
        <translation>La clé ne convient pas au type B</translation>
    </message>
    <message>
        <source>People who are born in Dialog Insight have no Salesforce Id yet; they are known by their e-mail. Pick the e-mail field, or use another project for them.</source>
        <translation>Les personnes nées dans Dialog Insight n’ont pas encore d’identifiant Salesforce&#x202f;; on les reconnaît à leur courriel. Choisir le champ du courriel, ou utiliser un autre projet pour elles.</translation>
    </message>
    <message>
        <source>Make {1} the key of {0}</source>
        <translation>Prendre {1} comme clé de {0}</translation>
    </message>
    <message>
        <source>Make {0} type {1}</source>
        <translation>Faire de {0} un projet de type {1}</translation>
    </message>
    <message>
        <source>Nothing of this file is synced until this is put right, or these are switched off: {0}.</source>
        <translation>Rien de ce fichier n’est synchronisé avant que ce soit corrigé ou que ces intégrations soient désactivées&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>They are switched off, so the others go on: {0}.</source>
        <translation>Elles sont désactivées, les autres continuent donc&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Annuler&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Dialog Insight does not show: {0}</source>
        <translation>Dialog Insight ne montre pas&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Used by {0}. Add the fields in Dialog Insight (Project, Data Management, Project Fields), build the tables there, then read the fields again; or pair other fields.</source>
        <translation>Utilisés par {0}. Ajouter les champs dans Dialog Insight (Projet, Gestion des données, Champs du projet), y construire les tables, puis relire les champs&#x202f;; ou apparier d’autres champs.</translation>
    </message>
</context>
<context>
    <name>ProjectSteps</name>
    <message>
        <source>Change the table {0} of {1}</source>
        <translation>Modifier la table {0} de {1}</translation>
    </message>
    <message>
        <source>Add the table {0} to {1}</source>
        <translation>Ajouter la table {0} à {1}</translation>
    </message>
    <message>
        <source>Add the project {0}</source>
        <translation>Ajouter le projet {0}</translation>
    </message>
</context>
<context>
    <name>ProjectsStart</name>
    <message>
        <source>Where do new people appear first?</source>
        <translation>Où les nouvelles personnes apparaissent-elles d’abord&#x202f;?</translation>
    </message>
    <message>
        <source>A destination project is a project of Dialog Insight that Salesforce fills, or from which new people come to Salesforce. Each has one purpose, and the primary key that goes with it.</source>
        <translation>Un projet de destination est un projet de Dialog Insight que Salesforce remplit, ou d’où de nouvelles personnes arrivent dans Salesforce. Chacun a un seul but, et la clé primaire qui va avec.</translation>
    </message>
    <message>
        <source>Your forms</source>
        <translation>Vos formulaires</translation>
    </message>
    <message>
        <source>Your newsletters</source>
        <translation>Vos infolettres</translation>
    </message>
    <message>
        <source>The two types of projects</source>
        <translation>Les deux types de projets</translation>
    </message>
    <message>
        <source>In Salesforce: type A, whose key is the Salesforce Id. In Dialog Insight: type B, whose key is the e-mail, because nobody born there has a Salesforce Id yet. Whoever needs both adds one of each: a person enters by the form, becomes a record of Salesforce, and goes on to the newsletters.</source>
        <translation>Dans Salesforce&#xa0;: type A, dont la clé est l’identifiant Salesforce. Dans Dialog Insight&#xa0;: type B, dont la clé est le courriel, car personne n’y naît avec un identifiant Salesforce. Pour les deux, en ajouter un de chaque&#xa0;: la personne entre par le formulaire, devient un enregistrement de Salesforce, puis rejoint les infolettres.</translation>
    </message>
    <message>
        <source>&amp;Add a destination project</source>
        <translation>&amp;Ajouter un projet de destination</translation>
    </message>
    <message>
        <source>&amp;Connect Dialog Insight first</source>
        <translation>&amp;Connecter d’abord Dialog Insight</translation>
    </message>
</context>
<context>
    <name>ProjectsTab</name>
    <message>
        <source>Destination projects</source>
        <translation>Projets de destination</translation>
    </message>
    <message>
        <source>+ &amp;Add destination project</source>
        <translation>+ &amp;Ajouter un projet de destination</translation>
    </message>
    <message>
        <source>&amp;Read fields again</source>
        <translation>&amp;Relire les champs</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Non lus</translation>
    </message>
    <message>
        <source>Fields read</source>
        <translation>Champs lus</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Pas encore lus</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Re&amp;tirer</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>Retirer {0}</translation>
    </message>
    <message>
        <source>{0} is in use</source>
        <translation>{0} est utilisé</translation>
    </message>
    <message>
        <source>It is served by: {0}. Remove these first, or let them serve another project.</source>
        <translation>Il est servi par&#xa0;: {0}. Retirer d’abord ces intégrations, ou les faire servir un autre projet.</translation>
    </message>
    <message>
        <source>Remove the project {0}</source>
        <translation>Retirer le projet {0}</translation>
    </message>
</context>
<context>
    <name>PurposeCard</name>
    <message>
        <source>What is this project for?</source>
        <translation>À quoi sert ce projet&#x202f;?</translation>
    </message>
    <message>
        <source>Type A: send to the people in Salesforce</source>
        <translation>Type A&#xa0;: écrire aux personnes de Salesforce</translation>
    </message>
    <message>
        <source>Contacts come from Salesforce. Changes and opt-ins can go back there. Primary key: the Salesforce Id.</source>
        <translation>Les contacts viennent de Salesforce. Les modifications et les opt-ins peuvent y retourner. Clé primaire&#xa0;: l’identifiant Salesforce.</translation>
    </message>
    <message>
        <source>Type B: gather new contacts</source>
        <translation>Type B&#xa0;: recueillir de nouveaux contacts</translation>
    </message>
    <message>
        <source>Contacts are created here, by forms for example, and then in Salesforce. Primary key: the e-mail.</source>
        <translation>Les contacts sont créés ici, par des formulaires par exemple, puis dans Salesforce. Clé primaire&#xa0;: le courriel.</translation>
    </message>
    <message>
        <source>Make {0} type {1}</source>
        <translation>Faire de {0} un projet de type {1}</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Not an e-mail address</source>
        <translation>Pas une adresse courriel</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Trop long</translation>
    </message>
    <message>
        <source>Key is empty</source>
        <translation>Clé vide</translation>
    </message>
    <message>
        <source>Required, and empty</source>
        <translation>Requis, et vide</translation>
    </message>
    <message>
        <source>Not a number</source>
        <translation>Pas un nombre</translation>
    </message>
    <message>
        <source>Not a date</source>
        <translation>Pas une date</translation>
    </message>
    <message>
        <source>Not a time of day</source>
        <translation>Pas une heure</translation>
    </message>
    <message>
        <source>Neither true nor false</source>
        <translation>Ni vrai ni faux</translation>
    </message>
    <message>
        <source>Number out of range</source>
        <translation>Nombre hors limites</translation>
    </message>
    <message>
        <source>Has too many decimals</source>
        <translation>Trop de décimales</translation>
    </message>
    <message>
        <source>Not in the list</source>
        <translation>Absent de la liste</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Plusieurs valeurs</translation>
    </message>
    <message>
        <source>Not a record Id</source>
        <translation>Pas un identifiant</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>Its person is not there yet</source>
        <translation>La personne n’y est pas encore</translation>
    </message>
    <message>
        <source>Key has changed</source>
        <translation>Clé modifiée</translation>
    </message>
    <message>
        <source>Key is taken</source>
        <translation>Clé déjà prise</translation>
    </message>
    <message>
        <source>Gone from Dialog Insight</source>
        <translation>Disparu de Dialog Insight</translation>
    </message>
    <message>
        <source>Deleted in Salesforce</source>
        <translation>Supprimé dans Salesforce</translation>
    </message>
    <message>
        <source>Not shown by Salesforce any more</source>
        <translation>N’est plus montré par Salesforce</translation>
    </message>
    <message>
        <source>Lead was converted</source>
        <translation>Piste convertie</translation>
    </message>
    <message>
        <source>Several records match</source>
        <translation>Plusieurs correspondances</translation>
    </message>
    <message>
        <source>Keeps changing</source>
        <translation>Change sans cesse</translation>
    </message>
    <message>
        <source>Erased from Dialog Insight</source>
        <translation>Effacé de Dialog Insight</translation>
    </message>
    <message>
        <source>Its record is not there yet</source>
        <translation>Son enregistrement n’y est pas encore</translation>
    </message>
    <message>
        <source>Must be unique, and is taken</source>
        <translation>Doit être unique, déjà pris</translation>
    </message>
    <message>
        <source>Gone from Salesforce</source>
        <translation>Disparu de Salesforce</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>In Salesforce, open Setup, External Client App Manager, New External Client App.</source>
        <translation>Dans Salesforce, ouvrir Configuration, Gestionnaire d’applications client externes, Nouvelle application client externe.</translation>
    </message>
    <message>
        <source>It takes a Salesforce administrator. Distribution state: Local.</source>
        <translation>Il faut être administrateur de Salesforce. État de distribution&#xa0;: Local.</translation>
    </message>
    <message>
        <source>Give it a name, for example Dialog Insight sync, and your contact e-mail.</source>
        <translation>Lui donner un nom, par exemple Synchronisation Dialog Insight, et un courriel de contact.</translation>
    </message>
    <message>
        <source>Under API (Enable OAuth Settings), enable OAuth and enter these callback URLs.</source>
        <translation>Sous API (Activer les paramètres OAuth), activer OAuth et inscrire ces URL de rappel.</translation>
    </message>
    <message>
        <source>All three, exactly as they are, one on each line.</source>
        <translation>Toutes les trois, telles quelles, une par ligne.</translation>
    </message>
    <message>
        <source>Choose these OAuth scopes.</source>
        <translation>Choisir ces portées OAuth.</translation>
    </message>
    <message>
        <source>Manage user data via APIs (api)</source>
        <translation>Gérer les données utilisateur via les API (api)</translation>
    </message>
    <message>
        <source>Perform requests at any time (refresh_token, offline_access)</source>
        <translation>Exécuter des requêtes à tout moment (refresh_token, offline_access)</translation>
    </message>
    <message>
        <source>Access the identity URL service (id, profile, email, address, phone)</source>
        <translation>Accéder au service d’URL d’identité (id)</translation>
    </message>
    <message>
        <source>Under Security, require PKCE, and leave both secrets off.</source>
        <translation>Sous Sécurité, exiger PKCE, et laisser les deux secrets décochés.</translation>
    </message>
    <message>
        <source>☑ Require Proof Key for Code Exchange (PKCE)</source>
        <translation>☑ Exiger PKCE (Require Proof Key for Code Exchange)</translation>
    </message>
    <message>
        <source>☐ Require Secret for Web Server Flow</source>
        <translation>☐ Exiger un secret pour le flux de serveur Web</translation>
    </message>
    <message>
        <source>☐ Require Secret for Refresh Token Flow</source>
        <translation>☐ Exiger un secret pour le flux du jeton d’actualisation</translation>
    </message>
    <message>
        <source>Create the app, then open its Policies and edit them.</source>
        <translation>Créer l’application, puis ouvrir ses Politiques et les modifier.</translation>
    </message>
    <message>
        <source>Permitted users: those who are to sign in. Refresh token: valid until it is revoked, or until it was not used for a time.</source>
        <translation>Utilisateurs autorisés&#xa0;: ceux qui doivent se connecter. Jeton d’actualisation&#xa0;: valide jusqu’à révocation, ou tant qu’il sert.</translation>
    </message>
    <message>
        <source>Under Settings, OAuth Settings, open Consumer Key and Secret, and copy the key.</source>
        <translation>Sous Paramètres, Paramètres OAuth, ouvrir Clé et secret du consommateur, et copier la clé.</translation>
    </message>
    <message>
        <source>The consumer key is the client ID of the connection; the secret is not needed. A new app takes up to ten minutes until it is known everywhere.</source>
        <translation>La clé du consommateur est l’identifiant client de la connexion&#x202f;; le secret est inutile. Une nouvelle application met jusqu’à dix minutes à être connue partout.</translation>
    </message>
    <message>
        <source>An External Client App for the sync with Dialog Insight</source>
        <translation>Une application client externe pour la synchronisation avec Dialog Insight</translation>
    </message>
</context>
<context>
    <name>RecipeDialog</name>
    <message>
        <source>Copy all for your administrator</source>
        <translation>Copier le tout pour un administrateur</translation>
    </message>
    <message>
        <source>How to create an External Client App</source>
        <translation>Créer une application client externe</translation>
    </message>
    <message>
        <source>Salesforce lets a program in through an app that belongs to your own org. It is made once.</source>
        <translation>Salesforce laisse entrer un programme par une application qui appartient à l’organisation. Elle se crée une seule fois.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy {0}</source>
        <translation>Copier {0}</translation>
    </message>
</context>
<context>
    <name>RecordDialog</name>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>It cannot enter {0}.</source>
        <translation>Il ne peut pas entrer dans {0}.</translation>
    </message>
    <message>
        <source>Since {0}, {1}.</source>
        <translation>Depuis le {0}, {1}.</translation>
    </message>
    <message>
        <source>Values of the record</source>
        <translation>Valeurs de l’enregistrement</translation>
    </message>
    <message>
        <source>Correct in Salesforce…</source>
        <translation>Corriger dans Salesforce…</translation>
    </message>
    <message>
        <source>Open in Salesforce</source>
        <translation>Ouvrir dans Salesforce</translation>
    </message>
    <message>
        <source>Edit mapping</source>
        <translation>Modifier le mappage</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>É&amp;carter</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>{field} is not an e-mail address.</source>
        <translation>{field} n’est pas une adresse courriel.</translation>
    </message>
    <message>
        <source>Correct it in Salesforce; the record is then sent again by itself.</source>
        <translation>Corriger dans Salesforce&#x202f;; l’enregistrement est ensuite renvoyé de lui-même.</translation>
    </message>
    <message>
        <source>Correct it in Dialog Insight; it is then sent again by itself.</source>
        <translation>Corriger dans Dialog Insight&#xa0;; la valeur est ensuite renvoyée d’elle-même.</translation>
    </message>
    <message>
        <source>Fill it in Dialog Insight; it is then sent again by itself.</source>
        <translation>Remplir dans Dialog Insight&#xa0;; la valeur est ensuite renvoyée d’elle-même.</translation>
    </message>
    <message>
        <source>{field} has {length} characters; Dialog Insight accepts {limit}.</source>
        <translation>{field} a {length} caractères&#x202f;; Dialog Insight en accepte {limit}.</translation>
    </message>
    <message>
        <source>Shorten it in Salesforce, lengthen the field in Dialog Insight, or let this pair cut the text.</source>
        <translation>Raccourcir dans Salesforce, allonger le champ dans Dialog Insight, ou laisser cette paire couper le texte.</translation>
    </message>
    <message>
        <source>{field} is empty; without it Dialog Insight cannot tell who this is.</source>
        <translation>{field} est vide&#x202f;; sans cette valeur, Dialog Insight ne peut pas savoir de qui il s’agit.</translation>
    </message>
    <message>
        <source>Fill it in Salesforce; the record is then sent again by itself.</source>
        <translation>Remplir dans Salesforce&#x202f;; l’enregistrement est ensuite renvoyé de lui-même.</translation>
    </message>
    <message>
        <source>{field} is empty, and Dialog Insight requires a value.</source>
        <translation>{field} est vide, et Dialog Insight exige une valeur.</translation>
    </message>
    <message>
        <source>Fill it in Salesforce, or give this pair a default.</source>
        <translation>Remplir dans Salesforce, ou donner à cette paire une valeur par défaut.</translation>
    </message>
    <message>
        <source>{field} is not a number.</source>
        <translation>{field} n’est pas un nombre.</translation>
    </message>
    <message>
        <source>{field} is not a date.</source>
        <translation>{field} n’est pas une date.</translation>
    </message>
    <message>
        <source>{field} is not a time of day.</source>
        <translation>{field} n’est pas une heure.</translation>
    </message>
    <message>
        <source>{field} is neither true nor false.</source>
        <translation>{field} n’est ni vrai ni faux.</translation>
    </message>
    <message>
        <source>{field} is out of range: numbers of up to {limit} digits before the decimal point fit.</source>
        <translation>{field} est hors limites&#xa0;: au plus {limit} chiffres tiennent avant la virgule.</translation>
    </message>
    <message>
        <source>{field} points to a person who is not in Dialog Insight yet.</source>
        <translation>{field} désigne une personne qui n’est pas encore dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Send that person first; this record then follows by itself.</source>
        <translation>Envoyer d’abord cette personne&#x202f;; cet enregistrement suivra de lui-même.</translation>
    </message>
    <message>
        <source>{field} changed, and it is the key by which Dialog Insight knows this record.</source>
        <translation>{field} a changé, et c’est la clé par laquelle Dialog Insight connaît cet enregistrement.</translation>
    </message>
    <message>
        <source>Put the former value back in Salesforce, or change the key in Dialog Insight too.</source>
        <translation>Remettre l’ancienne valeur dans Salesforce, ou changer aussi la clé dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Another record has the same {field}, by which Dialog Insight tells records apart.</source>
        <translation>Un autre enregistrement a le même {field}, par lequel Dialog Insight distingue les enregistrements.</translation>
    </message>
    <message>
        <source>Give one of the two another value in Salesforce, or merge them there.</source>
        <translation>Donner à l’un des deux une autre valeur dans Salesforce, ou les y fusionner.</translation>
    </message>
    <message>
        <source>This record is no longer in Dialog Insight. It is not created again by itself.</source>
        <translation>Cet enregistrement n’est plus dans Dialog Insight. Il n’est pas recréé de lui-même.</translation>
    </message>
    <message>
        <source>If it was deleted there on purpose, dismiss this; if not, restore it in Dialog Insight and retry.</source>
        <translation>S’il y a été supprimé volontairement, l’écarter&#x202f;; sinon, le restaurer dans Dialog Insight et réessayer.</translation>
    </message>
    <message>
        <source>This record was deleted in Salesforce. It stays in Dialog Insight as it is.</source>
        <translation>Cet enregistrement a été supprimé dans Salesforce. Il reste tel quel dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Restore it in Salesforce, or deal with it in Dialog Insight and dismiss this; a field there could say it too.</source>
        <translation>Le restaurer dans Salesforce, ou s’en occuper dans Dialog Insight et l’écarter ici&#xa0;; un champ de Dialog Insight pourrait aussi l’indiquer.</translation>
    </message>
    <message>
        <source>Salesforce does not show this record any more, and does not say that it was deleted.</source>
        <translation>Salesforce ne montre plus cet enregistrement, et ne dit pas qu’il a été supprimé.</translation>
    </message>
    <message>
        <source>If it was deleted long ago, dismiss this; if not, let the user of the connection see it in Salesforce again.</source>
        <translation>S’il a été supprimé il y a longtemps, écarter cet avis&#x202f;; sinon, permettre de nouveau à l’utilisateur de la connexion de le voir dans Salesforce.</translation>
    </message>
    <message>
        <source>This lead was converted in Salesforce into a contact that stands for the same person.</source>
        <translation>Cette piste a été convertie dans Salesforce en un contact qui représente la même personne.</translation>
    </message>
    <message>
        <source>See in Dialog Insight whether the person is there twice; keep one of the two, then dismiss this.</source>
        <translation>Vérifier dans Dialog Insight si la personne s’y trouve deux fois&#xa0;; garder l’une des deux fiches, puis écarter.</translation>
    </message>
    <message>
        <source>Several Salesforce records have the same {field} as this person; which of them it is, is not known.</source>
        <translation>Plusieurs enregistrements Salesforce ont le même {field} que cette personne&#xa0;; on ne sait pas lequel est le sien.</translation>
    </message>
    <message>
        <source>Merge them in Salesforce, or give all but one another value; then retry.</source>
        <translation>Les fusionner dans Salesforce, ou donner une autre valeur à tous sauf un&#xa0;; puis réessayer.</translation>
    </message>
    <message>
        <source>{field} is written again and again: Salesforce and Dialog Insight, or something else, keep changing it.</source>
        <translation>{field} est réécrit sans cesse&#xa0;: Salesforce et Dialog Insight, ou autre chose, le changent tour à tour.</translation>
    </message>
    <message>
        <source>Find what else changes it (a trigger, a form, another tool), or let the pair travel one way only; then retry.</source>
        <translation>Trouver ce qui d’autre le change (un déclencheur, un formulaire, un autre outil), ou ne laisser la paire circuler que dans un sens&#xa0;; puis réessayer.</translation>
    </message>
    <message>
        <source>This person was erased from Dialog Insight. Nothing is created again for them by itself.</source>
        <translation>Cette personne a été effacée de Dialog Insight. Rien n’est recréé pour elle de soi-même.</translation>
    </message>
    <message>
        <source>Dismiss this if the person asked for it. Only if it was a mistake, restore the person in Dialog Insight.</source>
        <translation>Écarter si la personne l’a demandé. Seulement s’il s’agit d’une erreur, la restaurer dans Dialog Insight.</translation>
    </message>
    <message>
        <source>{field} has {length} characters; Salesforce accepts {limit}.</source>
        <translation>{field} a {length} caractères&#xa0;; Salesforce en accepte {limit}.</translation>
    </message>
    <message>
        <source>Shorten it in Dialog Insight, or lengthen the field in Salesforce.</source>
        <translation>Raccourcir dans Dialog Insight, ou allonger le champ dans Salesforce.</translation>
    </message>
    <message>
        <source>{field} is empty; without it nobody can tell who this is.</source>
        <translation>{field} est vide&#xa0;; sans cette valeur, on ne peut pas savoir de qui il s’agit.</translation>
    </message>
    <message>
        <source>{field} is empty, and Salesforce requires a value.</source>
        <translation>{field} est vide, et Salesforce exige une valeur.</translation>
    </message>
    <message>
        <source>Correct it in Dialog Insight, or pair it with a Salesforce field that holds larger values.</source>
        <translation>Corriger dans Dialog Insight, ou apparier avec un champ de Salesforce qui accepte de plus grandes valeurs.</translation>
    </message>
    <message>
        <source>{field} has {decimals} decimals; Salesforce accepts {limit}.</source>
        <translation>{field} a {decimals} décimales&#xa0;; Salesforce en accepte {limit}.</translation>
    </message>
    <message>
        <source>Correct it in Dialog Insight, or pair it with a Salesforce field that holds more decimals.</source>
        <translation>Corriger dans Dialog Insight, ou apparier avec un champ de Salesforce qui accepte plus de décimales.</translation>
    </message>
    <message>
        <source>{field} holds a value that is not in the list of Salesforce.</source>
        <translation>{field} contient une valeur absente de la liste de Salesforce.</translation>
    </message>
    <message>
        <source>Add the value to the list in Salesforce, or correct it in Dialog Insight.</source>
        <translation>Ajouter la valeur à la liste dans Salesforce, ou corriger dans Dialog Insight.</translation>
    </message>
    <message>
        <source>{field} holds {count} values; Salesforce accepts one.</source>
        <translation>{field} contient {count} valeurs&#xa0;; Salesforce en accepte une.</translation>
    </message>
    <message>
        <source>Pair it with a multi-select list in Salesforce, or keep one value in Dialog Insight.</source>
        <translation>Apparier avec une liste à choix multiples de Salesforce, ou garder une seule valeur dans Dialog Insight.</translation>
    </message>
    <message>
        <source>{field} is not a record Id.</source>
        <translation>{field} n’est pas un identifiant d’enregistrement.</translation>
    </message>
    <message>
        <source>{field} points to a record that is not in Salesforce yet.</source>
        <translation>{field} désigne un enregistrement qui n’est pas encore dans Salesforce.</translation>
    </message>
    <message>
        <source>Send that record first; this one then follows by itself.</source>
        <translation>Envoyer d’abord cet enregistrement&#xa0;; celui-ci suivra de lui-même.</translation>
    </message>
    <message>
        <source>{field} changed, and it is the key by which Salesforce knows this record.</source>
        <translation>{field} a changé, et c’est la clé par laquelle Salesforce connaît cet enregistrement.</translation>
    </message>
    <message>
        <source>Put the former value back in Dialog Insight.</source>
        <translation>Remettre l’ancienne valeur dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Another Salesforce record has the same {field}, which must be unique there.</source>
        <translation>Un autre enregistrement Salesforce a le même {field}, qui doit y être unique.</translation>
    </message>
    <message>
        <source>Give one of the two another value, or merge them in Salesforce; then retry.</source>
        <translation>Donner à l’un des deux une autre valeur, ou les fusionner dans Salesforce&#xa0;; puis réessayer.</translation>
    </message>
    <message>
        <source>This record is no longer in Salesforce. It is not created again by itself.</source>
        <translation>Cet enregistrement n’est plus dans Salesforce. Il n’est pas recréé de lui-même.</translation>
    </message>
    <message>
        <source>If it was deleted there on purpose, dismiss this; if not, restore it from its recycle bin and retry.</source>
        <translation>S’il y a été supprimé volontairement, l’écarter&#xa0;; sinon, le restaurer à partir de la corbeille et réessayer.</translation>
    </message>
    <message>
        <source>Correct it in Salesforce, or pair it with a field that holds larger values.</source>
        <translation>Corriger dans Salesforce, ou apparier avec un champ qui accepte de plus grandes valeurs.</translation>
    </message>
    <message>
        <source>{field} has {decimals} decimals; Dialog Insight accepts {limit}.</source>
        <translation>{field} a {decimals} décimales&#x202f;; Dialog Insight en accepte {limit}.</translation>
    </message>
    <message>
        <source>Let this pair round the number, or pair it with a field that holds decimals.</source>
        <translation>Laisser cette paire arrondir le nombre, ou apparier avec un champ qui accepte les décimales.</translation>
    </message>
    <message>
        <source>{field} holds a value that is not in the list of Dialog Insight.</source>
        <translation>{field} contient une valeur absente de la liste de Dialog Insight.</translation>
    </message>
    <message>
        <source>Add the value to the list in Dialog Insight, or correct it in Salesforce.</source>
        <translation>Ajouter la valeur à la liste dans Dialog Insight, ou corriger dans Salesforce.</translation>
    </message>
    <message>
        <source>{field} holds {count} values; Dialog Insight accepts one.</source>
        <translation>{field} contient {count} valeurs&#x202f;; Dialog Insight en accepte une.</translation>
    </message>
    <message>
        <source>Pair it with a list of several values, or keep one value in Salesforce.</source>
        <translation>Apparier avec une liste à plusieurs valeurs, ou garder une seule valeur dans Salesforce.</translation>
    </message>
    <message>
        <source>{field} is not a Salesforce record Id.</source>
        <translation>{field} n’est pas un identifiant d’enregistrement Salesforce.</translation>
    </message>
    <message>
        <source>Correct it in Salesforce, or pair another field.</source>
        <translation>Corriger dans Salesforce, ou apparier un autre champ.</translation>
    </message>
    <message>
        <source>{field} holds a value that cannot be read.</source>
        <translation>{field} contient une valeur illisible.</translation>
    </message>
    <message>
        <source>Correct it where it comes from; if it looks right there, tell us which field it is.</source>
        <translation>Corriger à la source&#x202f;; si la valeur y semble juste, signaler de quel champ il s’agit.</translation>
    </message>
</context>
<context>
    <name>RefusedModel</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>{0} · key</source>
        <translation>{0} · clé</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>looking again…</source>
        <translation>nouvel examen…</translation>
    </message>
</context>
<context>
    <name>RehearsalBand</name>
    <message>
        <source>Rehearsal with made-up people: nothing leaves this computer</source>
        <translation>Répétition avec des personnes fictives&#xa0;: rien ne quitte cet ordinateur</translation>
    </message>
    <message>
        <source>Leave the rehearsal</source>
        <translation>Quitter la répétition</translation>
    </message>
</context>
<context>
    <name>RemoveDialog</name>
    <message>
        <source>Removing from {0}</source>
        <translation>Suppression dans {0}</translation>
    </message>
    <message>
        <source>Removed from {0}</source>
        <translation>Supprimé de {0}</translation>
    </message>
    <message>
        <source>Nothing was removed from {0}</source>
        <translation>Rien n’a été supprimé de {0}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Counting what the fields hold…</source>
        <translation>Calcul de ce que contiennent les champs…</translation>
    </message>
    <message>
        <source>This program made nothing in this org for this project file.</source>
        <translation>Ce programme n’a rien créé dans cette organisation pour ce fichier de projet.</translation>
    </message>
    <message>
        <source>Only what this program made for this project file can be removed. Salesforce keeps deleted fields for 15 days; an administrator can bring them back from there.</source>
        <translation>Seul ce que ce programme a créé pour ce fichier de projet peut être supprimé. Salesforce garde les champs supprimés pendant 15 jours&#x202f;; un administrateur peut les rétablir.</translation>
    </message>
    <message>
        <source>To confirm, type the &amp;name of the connection: {0}</source>
        <translation>Pour confirmer, taper le &amp;nom de la connexion&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Name of the connection, to confirm</source>
        <translation>Nom de la connexion, pour confirmer</translation>
    </message>
    <message>
        <source>What these fields hold goes with them: {0}.</source>
        <translation>Ce que contiennent ces champs disparaît avec eux&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove from {0}</source>
        <translation>Supprimer de {0}</translation>
    </message>
    <message>
        <source>no record holds a value</source>
        <translation>aucun enregistrement ne contient de valeur</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename the project</source>
        <translation>Renommer le projet</translation>
    </message>
    <message>
        <source>The file keeps its own name.</source>
        <translation>Le fichier garde son propre nom.</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Renommer</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>Le nom est vide.</translation>
    </message>
    <message>
        <source>Write a name.</source>
        <translation>Écrire un nom.</translation>
    </message>
</context>
<context>
    <name>RenameMapping</name>
    <message>
        <source>Rename the mapping</source>
        <translation>Renommer le mappage</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Its past runs stay under the old name, and the next run reads everything again.</source>
        <translation>Ses exécutions passées restent sous l’ancien nom, et la prochaine relit tout.</translation>
    </message>
    <message>
        <source>A mapping has a name.</source>
        <translation>Un mappage porte un nom.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Save the report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>Fichiers ZIP (*.zip)</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Signaler un problème</translation>
    </message>
    <message>
        <source>This is all that the report holds: read it, save it, then send the file to who helps you. Nothing is sent by this program. Addresses, names, numbers and secrets that it knows were taken out.</source>
        <translation>Voici tout ce que contient le rapport&#xa0;: le lire, l’enregistrer, puis envoyer le fichier à qui vous aide. Ce programme n’envoie rien. Les adresses, noms, numéros et secrets qu’il connaît en ont été retirés.</translation>
    </message>
    <message>
        <source>&amp;What were you doing?</source>
        <translation>&amp;Que faisiez-vous&#x202f;?</translation>
    </message>
    <message>
        <source>This text is searched for names and secrets too.</source>
        <translation>Les noms et les secrets sont aussi cherchés dans ce texte.</translation>
    </message>
    <message>
        <source>&amp;Put it in the report</source>
        <translation>&amp;Mettre dans le rapport</translation>
    </message>
    <message>
        <source>Texts of the report</source>
        <translation>Textes du rapport</translation>
    </message>
    <message>
        <source>The text that is chosen</source>
        <translation>Le texte choisi</translation>
    </message>
    <message>
        <source>&amp;Save the report…</source>
        <translation>&amp;Enregistrer le rapport…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Send this file to who helps you; you may look into it first.</source>
        <translation>Envoyer ce fichier à qui vous aide, après y avoir jeté un œil au besoin.</translation>
    </message>
    <message>
        <source>Saved in {0}</source>
        <translation>Enregistré dans {0}</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Put a backup back</source>
        <translation>Remettre une sauvegarde en place</translation>
    </message>
    <message>
        <source>A copy of what the program remembers is made on each day on which something runs. The damaged file is kept beside it, and your data in both services is not touched.</source>
        <translation>Une copie de la mémoire du programme est faite chaque jour où quelque chose s’exécute. Le fichier endommagé est gardé à côté, et les données des deux services restent telles quelles.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Repartir à neuf</translation>
    </message>
    <message>
        <source>Put this backup back</source>
        <translation>Remettre cette sauvegarde</translation>
    </message>
    <message>
        <source>Only if no backup can be used</source>
        <translation>Seulement si aucune sauvegarde ne peut servir</translation>
    </message>
    <message>
        <source>Looking for backups…</source>
        <translation>Recherche des sauvegardes…</translation>
    </message>
    <message>
        <source>Putting it back…</source>
        <translation>Remise en place…</translation>
    </message>
    <message>
        <source>There is no backup.</source>
        <translation>Il n’y a aucune sauvegarde.</translation>
    </message>
    <message>
        <source>This backup cannot be read either.</source>
        <translation>Cette sauvegarde ne peut pas être lue non plus.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>En choisir une autre.</translation>
    </message>
    <message>
        <source>Start anew, without a backup</source>
        <translation>Repartir à neuf, sans sauvegarde</translation>
    </message>
    <message>
        <source>The next run meets everybody for the first time and ties them together by the key; nobody is created twice. The runs in Activity, what is set aside, your answers, the trail of consents and the list of people who were erased stay in the damaged file and count no more.</source>
        <translation>La prochaine exécution rencontre tout le monde pour la première fois et relie les personnes par la clé&#x202f;; personne n’est créé deux fois. Les exécutions de l’onglet Activité, ce qui est mis de côté, les réponses données, la trace des consentements et la liste des personnes effacées restent dans le fichier endommagé et ne comptent plus.</translation>
    </message>
    <message>
        <source>{0} old, {1}. The runs and answers since then are not in it; the next run compares everything and finds again what they did.</source>
        <translation>Âge&#xa0;: {0}, {1}. Les exécutions et les réponses faites depuis n’y sont pas&#x202f;; la prochaine exécution compare tout et retrouve ce qu’elles ont fait.</translation>
    </message>
    <message>
        <source>{0} (the newest)</source>
        <translation>{0} (la plus récente)</translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>What the service said</source>
        <translation>Réponse du service</translation>
    </message>
    <message>
        <source>Every row has arrived</source>
        <translation>Toutes les lignes sont arrivées</translation>
    </message>
    <message>
        <source>The import was stopped</source>
        <translation>L’importation a été arrêtée</translation>
    </message>
    <message>
        <source>The import did not come to its end</source>
        <translation>L’importation n’est pas allée à son terme</translation>
    </message>
    <message>
        <source>The import has ended; some rows need you</source>
        <translation>L’importation est terminée&#x202f;; des lignes demandent votre attention</translation>
    </message>
    <message>
        <source>Rows that failed</source>
        <translation>Lignes en échec</translation>
    </message>
    <message>
        <source>It took {0}.</source>
        <translation>Durée&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Calls used: {0}.</source>
        <translation>Appels utilisés&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>The next sync reads these records in Salesforce, and carries on what its mappings say.</source>
        <translation>La prochaine synchronisation lit ces enregistrements dans Salesforce et transmet ce que disent ses correspondances.</translation>
    </message>
    <message>
        <source>The next sync knows these rows: where both sides say the same, it sends nothing.</source>
        <translation>La prochaine synchronisation tient compte de ces lignes&#xa0;: là où les deux côtés concordent, elle n’envoie rien.</translation>
    </message>
    <message>
        <source>&amp;Save the results…</source>
        <translation>&amp;Enregistrer les résultats…</translation>
    </message>
    <message>
        <source>Import the &amp;failed rows again</source>
        <translation>Réimporter les lignes en é&amp;chec</translation>
    </message>
    <message>
        <source>Import a&amp;nother file</source>
        <translation>Importer u&amp;n autre fichier</translation>
    </message>
    <message>
        <source>Saved in {0}, a file for each kind of result.</source>
        <translation>Enregistrés dans {0}&#xa0;: un fichier par type de résultat.</translation>
    </message>
    <message>
        <source>What became of every row is kept here. Save it as CSV files to look at it in a spreadsheet.</source>
        <translation>Le sort de chaque ligne est conservé ici. L’enregistrer en CSV pour le consulter dans un tableur.</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créées</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangées</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusées</translation>
    </message>
    <message>
        <source>To correct</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <source>Left to send</source>
        <translation>À envoyer</translation>
    </message>
    <message>
        <source>Going on begins where it stopped, and sends no row twice.</source>
        <translation>L’importation reprendra là où elle s’est arrêtée, sans envoyer une ligne deux fois.</translation>
    </message>
    <message>
        <source>The rest of the rows is still to be sent</source>
        <translation>Il reste des lignes à envoyer</translation>
    </message>
    <message>
        <source>In the folder “{0}”: {1}</source>
        <translation>Dans le dossier «&#xa0;{0}&#xa0;»&#xa0;: {1}</translation>
    </message>
    <message>
        <source>The results are saved</source>
        <translation>Les résultats sont enregistrés</translation>
    </message>
    <message>
        <source>The consents wait for you: none was sent</source>
        <translation>Les consentements vous attendent&#xa0;: aucun n’a été envoyé</translation>
    </message>
    <message>
        <source>Save the results. In Dialog Insight, open the project, Contacts, Import, and give it “{0}”: it holds each opt-in with its date and source, as Dialog Insight’s own import asks for.</source>
        <translation>Enregistrer les résultats. Dans Dialog Insight, ouvrir le projet, Contacts, Importation, et lui donner «&#xa0;{0}&#xa0;»&#xa0;: il contient chaque opt-in avec sa date et sa source, comme l’importation de Dialog Insight le demande.</translation>
    </message>
    <message>
        <source>The folder for the results</source>
        <translation>Le dossier des résultats</translation>
    </message>
</context>
<context>
    <name>Reviews</name>
    <message>
        <source>Ask the person. If the answer is yes, take the opt-out away in Salesforce; if it is no, record that in Dialog Insight.</source>
        <translation>Demander à la personne. Si c’est oui, retirer le désabonnement dans Salesforce&#x202f;; si c’est non, l’inscrire dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Ask the person, then record the answer in Dialog Insight with its date; a later one is carried over.</source>
        <translation>Demander à la personne, puis inscrire sa réponse datée dans Dialog Insight&#x202f;; une plus récente est reportée.</translation>
    </message>
    <message>
        <source>Record the consent in Dialog Insight with its date. Until then the opt-out stands.</source>
        <translation>Inscrire le consentement daté dans Dialog Insight. D’ici là, le désabonnement tient.</translation>
    </message>
    <message>
        <source>Correct the word in the Salesforce field, or say on this tab what the answers become.</source>
        <translation>Corriger le mot dans le champ Salesforce, ou dire dans cet onglet ce que deviennent les réponses.</translation>
    </message>
    <message>
        <source>Read what Salesforce says, correct the record or the field there; an opt-out is tried again.</source>
        <translation>Lire ce que dit Salesforce, y corriger la fiche ou le champ&#x202f;; un désabonnement est réessayé.</translation>
    </message>
    <message>
        <source>A flow or a rule in Salesforce changes the field back. Ask its administrator to let it stand.</source>
        <translation>Un flux ou une règle de Salesforce rétablit le champ. Demander à son administrateur de le laisser.</translation>
    </message>
    <message>
        <source>Consents to review</source>
        <translation>Consentements à vérifier</translation>
    </message>
    <message>
        <source>Export the consents to review</source>
        <translation>Exporter les consentements à vérifier</translation>
    </message>
    <message>
        <source>Until you decide, Salesforce keeps its opt-out. This program never sends an opt-out to Dialog Insight.</source>
        <translation>Jusqu’à la décision, Salesforce garde son désabonnement. Ce programme n’en envoie jamais à Dialog Insight.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>Opted out in Salesforce only</source>
        <translation>Désabonné dans Salesforce seulement</translation>
    </message>
    <message>
        <source>Enter this opt-out in Dialog Insight: consent is never sent there by this program.</source>
        <translation>Inscrire ce désabonnement dans Dialog Insight&#xa0;: ce programme n’y envoie jamais de consentement.</translation>
    </message>
</context>
<context>
    <name>ReviewsPage</name>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Opt-in</source>
        <translation>Opt-in</translation>
    </message>
    <message>
        <source>Dialog Insight
says</source>
        <translation>Dialog Insight
dit</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>Exporter en CSV…</translation>
    </message>
    <message>
        <source>Show the &amp;history of this person</source>
        <translation>Voir l’&amp;historique de cette personne</translation>
    </message>
    <message>
        <source>Waits for 2 business days or more: {0}</source>
        <translation>Attend depuis 2 jours ouvrables ou plus&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Waits for 5 business days or more: {0}</source>
        <translation>Attend depuis 5 jours ouvrables ou plus&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>New in Salesforce</source>
        <translation>Nouveau dans Salesforce</translation>
    </message>
    <message>
        <source>New in Dialog Insight</source>
        <translation>Nouveau dans Dialog Insight</translation>
    </message>
    <message>
        <source>Follows its person, who is created first</source>
        <translation>Suit sa personne, créée d’abord</translation>
    </message>
    <message>
        <source>First meeting of both sides</source>
        <translation>Première rencontre des deux côtés</translation>
    </message>
    <message>
        <source>Changed in Salesforce</source>
        <translation>Modifié dans Salesforce</translation>
    </message>
    <message>
        <source>Changed in Dialog Insight</source>
        <translation>Modifié dans Dialog Insight</translation>
    </message>
    <message>
        <source>Deleted in Salesforce</source>
        <translation>Supprimé dans Salesforce</translation>
    </message>
    <message>
        <source>Restored in Salesforce</source>
        <translation>Restauré dans Salesforce</translation>
    </message>
    <message>
        <source>Chosen by a person</source>
        <translation>Choisi par une personne</translation>
    </message>
    <message>
        <source>Undoes a write that arrived late</source>
        <translation>Annule une écriture arrivée en retard</translation>
    </message>
    <message>
        <source>Takes a run back</source>
        <translation>Annule une exécution</translation>
    </message>
    <message>
        <source>Two values: Salesforce wins</source>
        <translation>Deux valeurs&#xa0;: Salesforce l’emporte</translation>
    </message>
    <message>
        <source>Two values: Dialog Insight wins</source>
        <translation>Deux valeurs&#xa0;: Dialog Insight l’emporte</translation>
    </message>
    <message>
        <source>Two values: the newest wins</source>
        <translation>Deux valeurs&#xa0;: la plus récente l’emporte</translation>
    </message>
    <message>
        <source>Two values: waits for a person</source>
        <translation>Deux valeurs&#xa0;: attend une décision</translation>
    </message>
    <message>
        <source>Opt-in changes are not carried over</source>
        <translation>Les changements d’opt-in ne sont pas reportés</translation>
    </message>
    <message>
        <source>Opted out before a merge</source>
        <translation>Désabonné avant une fusion</translation>
    </message>
    <message>
        <source>Dialog Insight was not read yet</source>
        <translation>Dialog Insight pas encore lu</translation>
    </message>
    <message>
        <source>Opted out in Dialog Insight</source>
        <translation>Désabonné dans Dialog Insight</translation>
    </message>
    <message>
        <source>Opted out in another project</source>
        <translation>Désabonné dans un autre projet</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Both sides agree</source>
        <translation>Les deux côtés concordent</translation>
    </message>
    <message>
        <source>Another project was not read yet</source>
        <translation>Un autre projet n’est pas encore lu</translation>
    </message>
    <message>
        <source>A word in Salesforce without a meaning</source>
        <translation>Mot sans signification connue dans Salesforce</translation>
    </message>
    <message>
        <source>Opted out in Salesforce by somebody else</source>
        <translation>Désabonné dans Salesforce par quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Opted out in Salesforce, by whom is not known</source>
        <translation>Désabonné dans Salesforce, on ne sait par qui</translation>
    </message>
    <message>
        <source>Opted in; no opt-out is known</source>
        <translation>Opt-in&#xa0;; aucun désabonnement connu</translation>
    </message>
    <message>
        <source>Opted in after the last opt-out</source>
        <translation>Opt-in postérieur au dernier désabonnement</translation>
    </message>
    <message>
        <source>Opt-in without a date</source>
        <translation>Opt-in sans date</translation>
    </message>
    <message>
        <source>Opted in and out at the same time</source>
        <translation>Opt-in et désabonnement simultanés</translation>
    </message>
    <message>
        <source>Opt-in older than an opt-out</source>
        <translation>Opt-in antérieur à un désabonnement</translation>
    </message>
    <message>
        <source>Opt-in too close to our own opt-out</source>
        <translation>Opt-in trop proche de notre désabonnement</translation>
    </message>
    <message>
        <source>Salesforce refuses the value</source>
        <translation>Salesforce refuse la valeur</translation>
    </message>
    <message>
        <source>Salesforce does not keep the value</source>
        <translation>Salesforce ne garde pas la valeur</translation>
    </message>
    <message>
        <source>The one that is not empty</source>
        <translation>Celle qui n’est pas vide</translation>
    </message>
</context>
<context>
    <name>RunBars</name>
    <message>
        <source>no run yet</source>
        <translation>aucune exécution</translation>
    </message>
    <message>
        <source>{0}: least {1} sent, most {2}, last {3}</source>
        <translation>{0}&#xa0;: au moins {1} envoyés, au plus {2}, dernière {3}</translation>
    </message>
    <message>
        <source>failed: {0}</source>
        <translation>en échec&#xa0;: {0}</translation>
    </message>
    <message>
        <source>with something that needs you: {0}</source>
        <translation>où quelque chose vous attend&#xa0;: {0}</translation>
    </message>
    <message>
        <source>stopped: {0}</source>
        <translation>arrêtées&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt en cours…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>by its schedule</source>
        <translation>selon son horaire</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>R&amp;eprendre</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>Mettre en p&amp;ause</translation>
    </message>
    <message>
        <source>S&amp;top after this batch</source>
        <translation>Arrê&amp;ter après ce lot</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>{0} records/s</source>
        <translation>{0} enregistrements/s</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>encore {0}</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangées</translation>
    </message>
    <message>
        <source>It took {0}. Calls used: {1}.</source>
        <translation>Durée&#xa0;: {0}. Appels utilisés&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Show what is set aside</source>
        <translation>Voir ce qui est mis de côté</translation>
    </message>
    <message>
        <source>Show the conflicts</source>
        <translation>Voir les conflits</translation>
    </message>
    <message>
        <source>Changes of the run</source>
        <translation>Changements de l’exécution</translation>
    </message>
    <message>
        <source>Updated records, each field before and after. Of records that the run created no values are kept.</source>
        <translation>Les enregistrements modifiés, chaque champ avant et après. Des enregistrements créés, aucune valeur n’est gardée.</translation>
    </message>
    <message>
        <source>The journal keeps no change of this run: it only created records, or they are too old.</source>
        <translation>Le journal ne garde aucun changement de cette exécution&#xa0;: elle n’a fait que créer des enregistrements, ou ils sont trop anciens.</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>How it
ended</source>
        <translation>Issue de
l’exécution</translation>
    </message>
    <message>
        <source>→ Dialog
Insight</source>
        <translation>→ Dialog
Insight</translation>
    </message>
    <message>
        <source>→ Salesforce</source>
        <translation>→ Salesforce</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Conflits</translation>
    </message>
    <message>
        <source>Set
aside</source>
        <translation>Mis de
côté</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>something else by now</source>
        <translation>autre chose depuis</translation>
    </message>
    <message>
        <source>Export the changes of the run</source>
        <translation>Exporter les changements de l’exécution</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>&amp;Undo this run…</source>
        <translation>Déf&amp;aire cette exécution…</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Chiffres</translation>
    </message>
    <message>
        <source>Changes, field by field</source>
        <translation>Changements, champ par champ</translation>
    </message>
    <message>
        <source>By “{0}”, to {1}. It took {2}.</source>
        <translation>Selon «&#xa0;{0}&#xa0;», vers {1}. Durée&#xa0;: {2}.</translation>
    </message>
    <message>
        <source>{0}. Only the figures of an earlier preview are kept; its list of records is not.</source>
        <translation>{0}. D’un aperçu antérieur, seuls les chiffres sont conservés&#x202f;; la liste de ses enregistrements ne l’est pas.</translation>
    </message>
    <message>
        <source>Its figures come at its end.</source>
        <translation>Ses chiffres viendront à la fin.</translation>
    </message>
    <message>
        <source>It left no figures. The next run goes on where it ended.</source>
        <translation>Elle n’a laissé aucun chiffre. La prochaine exécution reprend où elle s’est terminée.</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Laissé tel quel</translation>
    </message>
    <message>
        <source>Figures of each integration</source>
        <translation>Chiffres de chaque intégration</translation>
    </message>
    <message>
        <source>Import a file like it &amp;again…</source>
        <translation>Importer de nouveau un tel &amp;fichier…</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créées</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Mises à jour</translation>
    </message>
    <message>
        <source>To correct</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <source>Refused by the service</source>
        <translation>Refusées par le service</translation>
    </message>
    <message>
        <source>Left to send</source>
        <translation>À envoyer</translation>
    </message>
    <message>
        <source>Read in {0}</source>
        <translation>Lus dans {0}</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyés</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>due now</source>
        <translation>à faire maintenant</translation>
    </message>
    <message>
        <source>next {0}</source>
        <translation>prochaine {0}</translation>
    </message>
    <message>
        <source>off for now</source>
        <translation>désactivée</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>suspendu</translation>
    </message>
    <message>
        <source>after its first run</source>
        <translation>après la première exécution</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>▲ Late: {0} ago</source>
        <translation>▲ En retard&#xa0;: il y a {0}</translation>
    </message>
    <message>
        <source>■ Very late: {0} ago</source>
        <translation>■ Très en retard&#xa0;: il y a {0}</translation>
    </message>
    <message>
        <source>Nothing runs by itself until you go on.</source>
        <translation>Rien ne s’exécute de soi-même jusqu’à la reprise.</translation>
    </message>
    <message>
        <source>What keeps the schedules has ended unexpectedly; it is started again in {0}.</source>
        <translation>Ce qui tient les horaires s’est arrêté de façon inattendue&#x202f;; nouveau démarrage dans {0}.</translation>
    </message>
    <message>
        <source>Another run of this project is under way; what is due waits for it.</source>
        <translation>Une autre exécution de ce projet est en cours&#x202f;; ce qui est prévu l’attend.</translation>
    </message>
    <message>
        <source>Schedules are kept while this file is open.</source>
        <translation>Les horaires sont tenus tant que ce fichier est ouvert.</translation>
    </message>
    <message>
        <source>A preview sends nothing.</source>
        <translation>Une prévisualisation n’envoie rien.</translation>
    </message>
    <message>
        <source>A check sends nothing.</source>
        <translation>Une vérification n’envoie rien.</translation>
    </message>
    <message>
        <source>This writes nothing; it leaves what piled up as it is on both sides.</source>
        <translation>Ceci n’écrit rien et laisse ce qui s’est accumulé tel quel des deux côtés.</translation>
    </message>
    <message>
        <source>If it stops now, what is sent stays; going on begins there, no row twice.</source>
        <translation>Si elle s’arrête maintenant, ce qui est parti reste&#x202f;; continuer reprend là, sans doubler une ligne.</translation>
    </message>
    <message>
        <source>The first records are on their way: what has left is finished, and the next run goes on from there.</source>
        <translation>Les premiers enregistrements sont en route&#xa0;: ce qui est parti est mené à terme, et la prochaine exécution reprend à partir de là.</translation>
    </message>
    <message>
        <source>Nothing is written yet; a stop leaves everything as it is.</source>
        <translation>Rien n’est encore écrit&#x202f;; un arrêt laisse tout en l’état.</translation>
    </message>
    <message>
        <source>If it stops now: {0}; the next run goes on from there.</source>
        <translation>En cas d’arrêt maintenant&#xa0;: {0}&#x202f;; la prochaine exécution reprend à partir de là.</translation>
    </message>
    <message>
        <source>Between the last look at a record and the reply to its write: {0} at most.</source>
        <translation>Entre le dernier regard sur un enregistrement et la réponse à son écriture&#xa0;: {0} au plus.</translation>
    </message>
    <message>
        <source>Between the last look at a record and the reply to its write: {0} at most for 95 records of 100, {1} for the slowest.</source>
        <translation>Entre le dernier regard sur un enregistrement et la réponse à son écriture&#xa0;: {0} au plus pour 95 enregistrements sur 100, {1} pour le plus lent.</translation>
    </message>
    <message>
        <source>What somebody types into the same field in that time is written over unseen, because neither service lets a write depend on what is there. So it is kept short. Only records with fields that travel both ways count here: {0}.</source>
        <translation>Ce que quelqu’un saisit dans le même champ pendant ce temps est remplacé sans être vu, car aucun des deux services ne permet qu’une écriture dépende de ce qui s’y trouve. C’est pourquoi ce temps est tenu court. Seuls comptent ici les enregistrements dont des champs circulent dans les deux sens&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Another run of this project is under way; this one begins when that one ends.</source>
        <translation>Une autre exécution de ce projet est en cours&#x202f;; celle-ci commence quand l’autre se termine.</translation>
    </message>
</context>
<context>
    <name>SalesforceCard</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Client ID (consumer key of the External Client App)</source>
        <translation>Identifiant client (clé du consommateur de l’application)</translation>
    </message>
    <message>
        <source>How to create one</source>
        <translation>Comment en créer une</translation>
    </message>
    <message>
        <source>Give the client ID of your org&apos;s own app; then the connection can be authorized.</source>
        <translation>Donner l’identifiant client de l’application de l’organisation&#x202f;; ensuite, la connexion peut être autorisée.</translation>
    </message>
    <message>
        <source>Tokens are kept in</source>
        <translation>Jetons conservés dans</translation>
    </message>
    <message>
        <source>Rename {0} to {1}</source>
        <translation>Renommer {0} en {1}</translation>
    </message>
    <message>
        <source>Change where {0} signs in</source>
        <translation>Changer l’adresse de connexion de {0}</translation>
    </message>
    <message>
        <source>Change the client ID of {0}</source>
        <translation>Changer l’identifiant client de {0}</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Sample</source>
        <translation>Échantillon</translation>
    </message>
    <message>
        <source>Real records, as they are in Salesforce and in Dialog Insight</source>
        <translation>De vrais enregistrements, tels que dans Salesforce et dans Dialog Insight</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
</context>
<context>
    <name>SaveAs</name>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>ScheduleDialog</name>
    <message>
        <source>When “{0}” runs</source>
        <translation>Quand «&#xa0;{0}&#xa0;» s’exécute</translation>
    </message>
    <message>
        <source>It runs by itself while this file is open here, or where “disf run” keeps it.</source>
        <translation>Elle s’exécute d’elle-même tant que ce fichier est ouvert ici, ou là où «&#xa0;disf run&#xa0;» s’en charge.</translation>
    </message>
    <message>
        <source>&amp;Set the schedule</source>
        <translation>&amp;Fixer l’horaire</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Sur demande</translation>
    </message>
    <message>
        <source>Every so many minutes</source>
        <translation>À intervalles réguliers</translation>
    </message>
    <message>
        <source>At hours of the day</source>
        <translation>À heures fixes</translation>
    </message>
    <message>
        <source>Kind of schedule</source>
        <translation>Sorte d’horaire</translation>
    </message>
    <message>
        <source>&amp;Minutes between two runs</source>
        <translation>&amp;Minutes entre deux exécutions</translation>
    </message>
    <message>
        <source>Hours, by the clock of this computer</source>
        <translation>Heures, selon l’horloge de cet ordinateur</translation>
    </message>
    <message>
        <source>&amp;Add an hour</source>
        <translation>&amp;Ajouter une heure</translation>
    </message>
</context>
<context>
    <name>SetAsideCard</name>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Nothing is lost: they wait here, and are sent again by themselves when they change.</source>
        <translation>Rien n’est perdu&#xa0;: ils attendent ici, et sont renvoyés d’eux-mêmes quand ils changent.</translation>
    </message>
    <message>
        <source>They leave this list and are not sent. One that changes is tried again.</source>
        <translation>Ils quittent cette liste et ne sont pas envoyés. Celui qui change est réessayé.</translation>
    </message>
    <message>
        <source>What happened, and what to do</source>
        <translation>Ce qui s’est passé, et que faire</translation>
    </message>
    <message>
        <source>Search names, ids, values</source>
        <translation>Chercher un nom, un identifiant, une valeur</translation>
    </message>
    <message>
        <source>What you corrected or retried is sent by the next run.</source>
        <translation>Ce qui a été corrigé, ou que l’on réessaie, part avec la prochaine exécution.</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
        <source>Retry a&amp;ll found</source>
        <translation>Réessayer &amp;tout ce qui est trouvé</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Détails…</translation>
    </message>
    <message>
        <source>Correct in Salesforce…</source>
        <translation>Corriger dans Salesforce…</translation>
    </message>
    <message>
        <source>Open in Salesforce</source>
        <translation>Ouvrir dans Salesforce</translation>
    </message>
    <message>
        <source>Edit mapping</source>
        <translation>Modifier le mappage</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Synchroniser maintenant</translation>
    </message>
    <message>
        <source>What keeps them</source>
        <translation>Ce qui les retient</translation>
    </message>
    <message>
        <source>All causes</source>
        <translation>Toutes les causes</translation>
    </message>
    <message>
        <source>It cannot enter {0}.</source>
        <translation>Il ne peut pas entrer dans {0}.</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>É&amp;carter</translation>
    </message>
    <message>
        <source>Records set aside</source>
        <translation>Enregistrements mis de côté</translation>
    </message>
    <message>
        <source>Export what is set aside</source>
        <translation>Exporter ce qui est mis de côté</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Écarter</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>SettingsCard</name>
    <message>
        <source>Connect the account to choose another project.</source>
        <translation>Connecter le compte pour choisir un autre projet.</translation>
    </message>
    <message>
        <source>&amp;Dialog Insight project</source>
        <translation>Projet &amp;Dialog Insight</translation>
    </message>
    <message>
        <source>&amp;Name here</source>
        <translation>N&amp;om dans ce fichier</translation>
    </message>
    <message>
        <source>Primary &amp;key</source>
        <translation>&amp;Clé primaire</translation>
    </message>
    <message>
        <source>Time &amp;zone of its dates</source>
        <translation>Fusea&amp;u horaire de ses dates</translation>
    </message>
    <message>
        <source>{0} (the key in Dialog Insight)</source>
        <translation>{0} (la clé dans Dialog Insight)</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>pas encore vérifiée</translation>
    </message>
    <message>
        <source>suits type {0}</source>
        <translation>convient au type {0}</translation>
    </message>
    <message>
        <source>not in the project</source>
        <translation>absente du projet</translation>
    </message>
    <message>
        <source>not the key in Dialog Insight</source>
        <translation>n’est pas la clé dans Dialog Insight</translation>
    </message>
    <message>
        <source>too short for type {0}</source>
        <translation>trop courte pour le type {0}</translation>
    </message>
    <message>
        <source>does not suit type {0}</source>
        <translation>ne convient pas au type {0}</translation>
    </message>
    <message>
        <source>Rename {0} to {1}</source>
        <translation>Renommer {0} en {1}</translation>
    </message>
    <message>
        <source>Let {0} be the project {1}</source>
        <translation>Associer {0} au projet {1}</translation>
    </message>
    <message>
        <source>Make {1} the key of {0}</source>
        <translation>Prendre {1} comme clé de {0}</translation>
    </message>
    <message>
        <source>Read the dates of {0} as {1}</source>
        <translation>Lire les dates de {0} en {1}</translation>
    </message>
</context>
<context>
    <name>SignInCard</name>
    <message>
        <source>Signing in to Salesforce</source>
        <translation>Connexion à Salesforce</translation>
    </message>
    <message>
        <source>Browser opened</source>
        <translation>Navigateur ouvert</translation>
    </message>
    <message>
        <source>{0}: done</source>
        <translation>{0}&#xa0;: fait</translation>
    </message>
    <message>
        <source>{0}: not yet</source>
        <translation>{0}&#xa0;: pas encore</translation>
    </message>
    <message>
        <source>&amp;Open the browser again</source>
        <translation>R&amp;ouvrir le navigateur</translation>
    </message>
    <message>
        <source>Sign in in your browser and allow the access. This page goes on by itself.</source>
        <translation>Se connecter dans le navigateur et autoriser l’accès. Cette page continue d’elle-même.</translation>
    </message>
    <message>
        <source>&amp;Copy the address</source>
        <translation>&amp;Copier l’adresse</translation>
    </message>
    <message>
        <source>Paste the address &amp;instead</source>
        <translation>Coller plutôt l’adresse d’arr&amp;ivée</translation>
    </message>
    <message>
        <source>The browser shows an error</source>
        <translation>Le navigateur affiche une erreur</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>Annu&amp;ler</translation>
    </message>
    <message>
        <source>User known</source>
        <translation>Utilisateur connu</translation>
    </message>
    <message>
        <source>Access allowed</source>
        <translation>Accès autorisé</translation>
    </message>
    <message>
        <source>Connection tested</source>
        <translation>Connexion testée</translation>
    </message>
    <message>
        <source>The address at which the browser has ended; it begins with http://localhost, even where no page shows</source>
        <translation>L’adresse d’arrivée du navigateur, sur localhost, même si aucune page ne s’y affiche</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>Utiliser cette adresse</translation>
    </message>
    <message>
        <source>This is not the address at which the browser ended. Sign in and allow the access there first.</source>
        <translation>Ce n’est pas l’adresse à laquelle le navigateur est arrivé. S’y connecter et autoriser l’accès d’abord.</translation>
    </message>
    <message>
        <source>This address belongs to another sign-in. Open the browser again, and paste the address that comes then.</source>
        <translation>Cette adresse est celle d’une autre connexion. Rouvrir le navigateur, et coller l’adresse qui vient alors.</translation>
    </message>
    <message>
        <source>A part of the address is missing. Copy it whole, to its last letter.</source>
        <translation>Il manque une partie de l’adresse. La copier en entier, jusqu’à la dernière lettre.</translation>
    </message>
    <message>
        <source>Waiting for your browser ({0}). Take the time you need; there is no limit.</source>
        <translation>En attente du navigateur ({0}). Aucune limite de temps.</translation>
    </message>
    <message>
        <source>Signed in as {0}. The connection is being tested.</source>
        <translation>Utilisateur&#xa0;: {0}. La connexion est en cours de test.</translation>
    </message>
    <message>
        <source>Salesforce is asked for the permission.</source>
        <translation>L’autorisation est demandée à Salesforce.</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Ce qui ne va pas</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Keep Salesforce and Dialog Insight in step</source>
        <translation>Garder Salesforce et Dialog Insight au même pas</translation>
    </message>
    <message>
        <source>Open a project file</source>
        <translation>Ouvrir un fichier de projet</translation>
    </message>
    <message>
        <source>A project file says which Salesforce org and which Dialog Insight account are connected, and what moves between them. It holds no password.</source>
        <translation>Un fichier de projet dit quelle organisation Salesforce et quel compte Dialog Insight sont reliés, et ce qui circule entre eux. Il ne contient aucun mot de passe.</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Try it without risk</source>
        <translation>Essayer sans risque</translation>
    </message>
    <message>
        <source>Both services are simulated on this computer, with {0} made up for it, some of them with mistakes to repair. Nothing leaves this computer.</source>
        <translation>Les deux services sont simulés sur cet ordinateur, avec {0} inventées pour l’occasion, dont certaines avec des erreurs à corriger. Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>&amp;Rehearse with sample data</source>
        <translation>&amp;Répéter avec des données d’exemple</translation>
    </message>
    <message>
        <source>Set up your own</source>
        <translation>Mettre en place son projet</translation>
    </message>
    <message>
        <source>Choose where the new project file goes, sign in to Salesforce, and give a key of Dialog Insight. Nothing is sent before you have seen it.</source>
        <translation>Choisir où va le nouveau fichier de projet, ouvrir une session Salesforce et donner une clé de Dialog Insight. Rien n’est envoyé avant d’avoir été vu.</translation>
    </message>
    <message>
        <source>&amp;Connect my accounts…</source>
        <translation>&amp;Connecter mes comptes…</translation>
    </message>
    <message>
        <source>The rehearsal is starting</source>
        <translation>La répétition commence</translation>
    </message>
    <message>
        <source>Both services are being simulated, and {0} made up.</source>
        <translation>Les deux services sont en cours de simulation, et {0} sont inventées.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>“{0}” cannot be opened</source>
        <translation>Impossible d’ouvrir «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Opened recently</source>
        <translation>Ouverts récemment</translation>
    </message>
</context>
<context>
    <name>StepRail</name>
    <message>
        <source>Import a file</source>
        <translation>Importer un fichier</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importation</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Step {0} of {1}: {2}</source>
        <translation>Étape {0} de {1}&#xa0;: {2}</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>affichée</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Read</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Conclure</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Step {0} of {1}: {2}</source>
        <translation>Étape {0} de {1}&#xa0;: {2}</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>{0} · custom table</source>
        <translation>{0} · table personnalisée</translation>
    </message>
    <message>
        <source>{0} · type {1}</source>
        <translation>{0} · type {1}</translation>
    </message>
    <message>
        <source>type {0}</source>
        <translation>type {0}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>à traiter</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>pas commencé</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>Destination projects</source>
        <translation>Projets de destination</translation>
    </message>
    <message>
        <source>Object mapping</source>
        <translation>Mappage des objets</translation>
    </message>
    <message>
        <source>Opt-ins</source>
        <translation>Opt-ins</translation>
    </message>
    <message>
        <source>Integrations</source>
        <translation>Intégrations</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>Réussie</translation>
    </message>
    <message>
        <source>Partial: some records wait for you</source>
        <translation>Partielle&#xa0;: des enregistrements sont à traiter</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échouée</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêtée</translation>
    </message>
    <message>
        <source>Interrupted, or still under way</source>
        <translation>Interrompue, ou encore en cours</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>Partielle</translation>
    </message>
    <message>
        <source>Import · {0}</source>
        <translation>Importation · {0}</translation>
    </message>
    <message>
        <source>Undo · {0}</source>
        <translation>Annulation · {0}</translation>
    </message>
    <message>
        <source>Start from now · {0}</source>
        <translation>Départ de maintenant · {0}</translation>
    </message>
    <message>
        <source>Preview · {0}</source>
        <translation>Aperçu · {0}</translation>
    </message>
    <message>
        <source>Sync · {0}</source>
        <translation>Synchronisation · {0}</translation>
    </message>
    <message>
        <source>Import of {0}</source>
        <translation>Importation du {0}</translation>
    </message>
    <message>
        <source>Undo, {0}</source>
        <translation>Annulation, {0}</translation>
    </message>
    <message>
        <source>Start from now, {0}</source>
        <translation>Départ à partir de maintenant, {0}</translation>
    </message>
    <message>
        <source>Preview of {0}</source>
        <translation>Aperçu du {0}</translation>
    </message>
    <message>
        <source>Sync of {0}</source>
        <translation>Synchronisation du {0}</translation>
    </message>
    <message>
        <source>{0} · nothing sent</source>
        <translation>{0} · rien d’envoyé</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lecture du fichier</translation>
    </message>
    <message>
        <source>Reading {0}</source>
        <translation>Lecture de {0}</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Sending to {0}</source>
        <translation>Envoi vers {0}</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Preparing the preview</source>
        <translation>Préparation de l’aperçu</translation>
    </message>
    <message>
        <source>Taking a run back</source>
        <translation>Annulation d’une exécution</translation>
    </message>
    <message>
        <source>Starting from now</source>
        <translation>Départ à partir de maintenant</translation>
    </message>
    <message>
        <source>Checking a file</source>
        <translation>Vérification d’un fichier</translation>
    </message>
    <message>
        <source>Importing a file</source>
        <translation>Importation d’un fichier</translation>
    </message>
    <message>
        <source>Syncing now</source>
        <translation>Synchronisation en cours</translation>
    </message>
    <message>
        <source>No project file is open.</source>
        <translation>Aucun fichier de projet n’est ouvert.</translation>
    </message>
    <message>
        <source>Nothing was synced yet.</source>
        <translation>Rien n’a encore été synchronisé.</translation>
    </message>
    <message>
        <source>Last run {0}: {1}.</source>
        <translation>Dernière exécution {0}&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Last import {0}: {1}.</source>
        <translation>Dernière importation {0}&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Schedules are paused.</source>
        <translation>Les horaires sont suspendus.</translation>
    </message>
    <message>
        <source>Next run {0}.</source>
        <translation>Prochaine exécution&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Comparing everything of “{0}” left a question.</source>
        <translation>La comparaison complète de «&#xa0;{0}&#xa0;» laisse une question.</translation>
    </message>
    <message>
        <source>The run is paused.</source>
        <translation>L’exécution est en pause.</translation>
    </message>
    <message>
        <source>The run stops at the next safe point.</source>
        <translation>L’exécution s’arrêtera au prochain point sûr.</translation>
    </message>
    <message>
        <source>A run is starting.</source>
        <translation>Une exécution démarre.</translation>
    </message>
    <message>
        <source>{0} · {1} of {2}</source>
        <translation>{0} · {1} sur {2}</translation>
    </message>
    <message>
        <source>The import has ended: {0}.</source>
        <translation>L’importation est terminée&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>No connection yet.</source>
        <translation>Aucune connexion pour l’instant.</translation>
    </message>
    <message>
        <source>A connection needs you: {0}.</source>
        <translation>Une connexion est à traiter&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>{0} is connected; {1} is not connected yet.</source>
        <translation>{0} est connecté&#x202f;; {1} ne l’est pas encore.</translation>
    </message>
    <message>
        <source>Everything is connected.</source>
        <translation>Tout est connecté.</translation>
    </message>
    <message>
        <source>Connections are being checked.</source>
        <translation>Vérification des connexions.</translation>
    </message>
    <message>
        <source>{0} of {1} Salesforce calls used today</source>
        <translation>{0} appels Salesforce sur {1} utilisés aujourd’hui</translation>
    </message>
    <message>
        <source>left as is: {0}</source>
        <translation>laissé tel quel&#xa0;: {0}</translation>
    </message>
    <message>
        <source>create</source>
        <translation>créer</translation>
    </message>
    <message>
        <source>update</source>
        <translation>modifier</translation>
    </message>
    <message>
        <source>mark as deleted</source>
        <translation>marquer supprimé</translation>
    </message>
    <message>
        <source>opt-out</source>
        <translation>désabonnement</translation>
    </message>
    <message>
        <source>opt-in</source>
        <translation>opt-in</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>mis de côté</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>inchangés</translation>
    </message>
    <message>
        <source>→ {0} · {1}</source>
        <translation>→ {0} · {1}</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>key</source>
        <translation>clé</translation>
    </message>
</context>
<context>
    <name>TableFields</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>Décimales</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Obligatoire</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>{0} of field {1}</source>
        <translation>{0} du champ {1}</translation>
    </message>
    <message>
        <source>Take field {0} away</source>
        <translation>Retirer le champ {0}</translation>
    </message>
</context>
<context>
    <name>TablesCard</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Champs</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tables</translation>
    </message>
    <message>
        <source>+ Add a custom &amp;table</source>
        <translation>+ Ajouter une ta&amp;ble personnalisée</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>Edit the custom table</source>
        <translation>Modifier la table personnalisée</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>Ret&amp;irer</translation>
    </message>
    <message>
        <source>Remove the custom table</source>
        <translation>Retirer la table personnalisée</translation>
    </message>
    <message>
        <source>Tables of {0}</source>
        <translation>Tables de {0}</translation>
    </message>
    <message>
        <source>Contact list</source>
        <translation>Liste de contacts</translation>
    </message>
    <message>
        <source>Custom table {0}</source>
        <translation>Table personnalisée {0}</translation>
    </message>
    <message>
        <source>Custom table {0} · tied to contacts by {1}</source>
        <translation>Table personnalisée {0} · liée aux contacts par {1}</translation>
    </message>
    <message>
        <source>The table {0} is in use</source>
        <translation>La table {0} est utilisée</translation>
    </message>
    <message>
        <source>It is filled by: {0}. Remove these first, or let them fill another table.</source>
        <translation>Elle est remplie par&#xa0;: {0}. Retirer d’abord ces intégrations, ou leur faire remplir une autre table.</translation>
    </message>
    <message>
        <source>Remove the table {0} of {1}</source>
        <translation>Retirer la table {0} de {1}</translation>
    </message>
</context>
<context>
    <name>TargetDialog</name>
    <message>
        <source>Then choose the Salesforce field that it goes with.</source>
        <translation>Choisir ensuite le champ Salesforce correspondant.</translation>
    </message>
    <message>
        <source>Which Dialog Insight field is the pair for?</source>
        <translation>Pour quel champ Dialog Insight est la paire&#x202f;?</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Fields of Dialog Insight without a pair</source>
        <translation>Champs Dialog Insight non appariés</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Sync now</source>
        <translation>&amp;Synchroniser</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Reprendre</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Suspendre</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>All is well again.</source>
        <translation>Tout va bien de nouveau.</translation>
    </message>
    <message>
        <source>The last run failed. Open the window to see why.</source>
        <translation>La dernière exécution a échoué. Ouvrir la fenêtre pour voir pourquoi.</translation>
    </message>
    <message>
        <source>A run stopped: it would change more than usual.</source>
        <translation>Une exécution s’est arrêtée&#xa0;: elle changerait plus que d’habitude.</translation>
    </message>
</context>
<context>
    <name>TriggerGrid</name>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>Dernière exécution</translation>
    </message>
    <message>
        <source>Last runs</source>
        <translation>Dernières</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Horaire</translation>
    </message>
    <message>
        <source>{0}: on or off</source>
        <translation>{0}&#xa0;: active ou non</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivée</translation>
    </message>
    <message>
        <source>Schedule of {0}: {1}</source>
        <translation>Horaire de {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Copy this message for your administrator</source>
        <translation>Copier ce message pour un administrateur</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
</context>
<context>
    <name>TruthCard</name>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Yes, without
a date</source>
        <translation>Oui,
sans date</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>No
answer</source>
        <translation>Sans
réponse</translation>
    </message>
    <message>
        <source>Salesforce
shows now</source>
        <translation>Salesforce
montre</translation>
    </message>
    <message>
        <source>What would be written</source>
        <translation>Ce qui serait écrit</translation>
    </message>
    <message>
        <source>For each answer in Dialog Insight, and what Salesforce shows at that moment.</source>
        <translation>Pour chaque réponse dans Dialog Insight, et ce que Salesforce montre à ce moment.</translation>
    </message>
    <message>
        <source>review</source>
        <translation>vérifier</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Choose a case to read why.</source>
        <translation>Choisir un cas pour lire pourquoi.</translation>
    </message>
    <message>
        <source>Written: {0}. {1}.</source>
        <translation>Écrit&#xa0;: {0}. {1}.</translation>
    </message>
    <message>
        <source>Nothing is written; it waits for your review. {0}.</source>
        <translation>Rien n’est écrit&#x202f;; cela attend votre vérification. {0}.</translation>
    </message>
    <message>
        <source>Nothing is written. {0}.</source>
        <translation>Rien n’est écrit. {0}.</translation>
    </message>
    <message>
        <source>{0}, by a person</source>
        <translation>{0}, par une personne</translation>
    </message>
    <message>
        <source>{0}, by this program</source>
        <translation>{0}, par ce programme</translation>
    </message>
    <message>
        <source>another word</source>
        <translation>un autre mot</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>{0}, never touched</source>
        <translation>{0}, jamais touché</translation>
    </message>
    <message>
        <source>ticked</source>
        <translation>cochée</translation>
    </message>
    <message>
        <source>not ticked</source>
        <translation>non cochée</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>«&#xa0;{0}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>Types</name>
    <message>
        <source>id</source>
        <translation>identifiant</translation>
    </message>
    <message>
        <source>lookup</source>
        <translation>référence</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>contact</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>long text</source>
        <translation>texte long</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>courriel</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>téléphone</translation>
    </message>
    <message>
        <source>web address</source>
        <translation>adresse Web</translation>
    </message>
    <message>
        <source>list</source>
        <translation>liste</translation>
    </message>
    <message>
        <source>multiple list</source>
        <translation>liste multiple</translation>
    </message>
    <message>
        <source>checkbox</source>
        <translation>case à cocher</translation>
    </message>
    <message>
        <source>integer</source>
        <translation>entier</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>date</source>
        <translation>date</translation>
    </message>
    <message>
        <source>date and time</source>
        <translation>date et heure</translation>
    </message>
    <message>
        <source>time</source>
        <translation>heure</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>non pris en charge</translation>
    </message>
    <message>
        <source>primary key</source>
        <translation>clé primaire</translation>
    </message>
    <message>
        <source>required</source>
        <translation>requis</translation>
    </message>
    <message>
        <source>not shown by the service</source>
        <translation>absent du service</translation>
    </message>
    <message>
        <source>paired with {0}</source>
        <translation>apparié à {0}</translation>
    </message>
    <message>
        <source>not paired</source>
        <translation>non apparié</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>à traiter</translation>
    </message>
    <message>
        <source>open, arrow left closes</source>
        <translation>ouvert, flèche gauche pour fermer</translation>
    </message>
    <message>
        <source>arrow right opens</source>
        <translation>flèche droite pour ouvrir</translation>
    </message>
    <message>
        <source>{0}: the service does not show this field any more.</source>
        <translation>{0}&#xa0;: le service ne montre plus ce champ.</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>suggéré</translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message>
        <source>Counting what would be taken back…</source>
        <translation>Calcul de ce qui serait annulé…</translation>
    </message>
    <message>
        <source>There is nothing of this run to take back.</source>
        <translation>Il n’y a rien à annuler de cette exécution.</translation>
    </message>
    <message>
        <source>Fields that somebody has edited since stay as they are; a run of its own takes back the rest.</source>
        <translation>Les champs que quelqu’un a modifiés depuis restent tels quels&#x202f;; une exécution distincte défait le reste.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Défaire</translation>
    </message>
    <message>
        <source>Undo the sync of {0}</source>
        <translation>Défaire la synchronisation du {0}</translation>
    </message>
    <message>
        <source>What {0} wrote stays: the project file does not have it any more.</source>
        <translation>Ce que {0} a écrit reste&#xa0;: le fichier de projet ne l’a plus.</translation>
    </message>
</context>
<context>
    <name>UnfinishedNotice</name>
    <message>
        <source>pasted rows</source>
        <translation>lignes collées</translation>
    </message>
    <message>
        <source>{0}, {1}: {2} of {3} rows are left.</source>
        <translation>{0}, {1}&#xa0;: il reste {2} lignes sur {3}.</translation>
    </message>
    <message>
        <source>It goes on where it stopped, and no row goes twice.</source>
        <translation>L’import reprend là où il s’est arrêté, et aucune ligne ne part deux fois.</translation>
    </message>
    <message>
        <source>The file has changed since, or is gone: it can only be imported anew.</source>
        <translation>Le fichier a changé depuis, ou n’est plus là&#xa0;: on peut seulement l’importer à neuf.</translation>
    </message>
    <message>
        <source>Its table is not in the project file any more.</source>
        <translation>Sa table n’est plus dans le fichier de projet.</translation>
    </message>
    <message>
        <source>The import of “{0}” was not finished</source>
        <translation>L’import de «&#xa0;{0}&#xa0;» n’est pas terminé</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Le reprendre</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
</context>
<context>
    <name>UsageCard</name>
    <message>
        <source>sandbox</source>
        <translation>sandbox</translation>
    </message>
    <message>
        <source>production</source>
        <translation>production</translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>Édition</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>Version d’API</translation>
    </message>
    <message>
        <source>The clock of this computer is {0} ahead of Salesforce&apos;s. Let the system set its time.</source>
        <translation>L’horloge de cet ordinateur avance de {0} sur celle de Salesforce. Laisser le système régler l’heure.</translation>
    </message>
    <message>
        <source>The clock of this computer is {0} behind Salesforce&apos;s. Let the system set its time.</source>
        <translation>L’horloge de cet ordinateur retarde de {0} sur celle de Salesforce. Laisser le système régler l’heure.</translation>
    </message>
    <message>
        <source> %</source>
        <translation>&#xa0;%</translation>
    </message>
    <message>
        <source>Stop when the org has used</source>
        <translation>S’arrêter quand l’organisation a utilisé</translation>
    </message>
    <message>
        <source>Share of the org&apos;s daily calls, whoever made them; the rest stays for others.</source>
        <translation>Part des appels quotidiens de l’organisation, quel qu’en soit l’auteur&#x202f;; le reste est aux autres.</translation>
    </message>
    <message>
        <source>no limit of its own</source>
        <translation>aucune limite propre</translation>
    </message>
    <message>
        <source>Calls of this program in a day</source>
        <translation>Appels de ce programme par jour</translation>
    </message>
    <message>
        <source>200 of them are kept for consents. 0: no limit.</source>
        <translation>Dont 200 réservés aux consentements. 0&#xa0;: aucune limite.</translation>
    </message>
    <message>
        <source>API calls, last 24 h: {0} of {1} (this program stops at {2})</source>
        <translation>Appels d’API, dernières 24 h&#xa0;: {0} sur {1} (ce programme s’arrête à {2})</translation>
    </message>
    <message>
        <source>Change the calls of {0}</source>
        <translation>Changer les appels de {0}</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>Both hold the same kind of value.</source>
        <translation>Les deux contiennent le même genre de valeur.</translation>
    </message>
    <message>
        <source>Every value is written as text.</source>
        <translation>Toute valeur est écrite sous forme de texte.</translation>
    </message>
    <message>
        <source>Every value can be converted.</source>
        <translation>Toute valeur peut être convertie.</translation>
    </message>
    <message>
        <source>The record becomes the contact that stands for it in Dialog Insight.</source>
        <translation>L’enregistrement devient le contact qui le représente dans Dialog Insight.</translation>
    </message>
    <message>
        <source>Values may be longer than the {limit} characters of the Dialog Insight field; those are set aside, or cut.</source>
        <translation>Des valeurs peuvent dépasser les {limit} caractères du champ de Dialog Insight&#x202f;; elles sont mises de côté, ou coupées.</translation>
    </message>
    <message>
        <source>Only values that read as the kind of the Dialog Insight field can go.</source>
        <translation>Seules passent les valeurs lisibles comme le type du champ de Dialog Insight.</translation>
    </message>
    <message>
        <source>Numbers with more decimals than fit are set aside, or rounded.</source>
        <translation>Les nombres qui ont trop de décimales sont mis de côté, ou arrondis.</translation>
    </message>
    <message>
        <source>Numbers larger than the Dialog Insight field holds are set aside.</source>
        <translation>Les nombres trop grands pour le champ de Dialog Insight sont mis de côté.</translation>
    </message>
    <message>
        <source>Values that are not in the list of Dialog Insight are set aside.</source>
        <translation>Les valeurs absentes de la liste de Dialog Insight sont mises de côté.</translation>
    </message>
    <message>
        <source>Records with several values are set aside: the target holds one.</source>
        <translation>Les enregistrements à plusieurs valeurs sont mis de côté&#xa0;: la cible n’en contient qu’une.</translation>
    </message>
    <message>
        <source>Values that are not e-mail addresses are set aside.</source>
        <translation>Les valeurs qui ne sont pas des adresses courriel sont mises de côté.</translation>
    </message>
    <message>
        <source>The text is split into values at each semicolon.</source>
        <translation>Le texte est séparé en valeurs à chaque point-virgule.</translation>
    </message>
    <message>
        <source>The day is kept, in the project&apos;s time zone; the time of day is not.</source>
        <translation>Le jour est conservé, dans le fuseau horaire du projet&#x202f;; l’heure ne l’est pas.</translation>
    </message>
    <message>
        <source>A field of this kind is made of several parts, or of bytes; pair its parts.</source>
        <translation>Un champ de ce genre est fait de plusieurs parties, ou d’octets&#x202f;; apparier ses parties.</translation>
    </message>
    <message>
        <source>No value of the one kind can become a value of the other.</source>
        <translation>Aucune valeur d’un genre ne peut devenir une valeur de l’autre.</translation>
    </message>
    <message>
        <source>This is a consent. Consents travel from Dialog Insight to Salesforce only.</source>
        <translation>C’est un consentement. Les consentements circulent seulement de Dialog Insight vers Salesforce.</translation>
    </message>
    <message>
        <source>Dialog Insight does not let this field be written.</source>
        <translation>Dialog Insight ne permet pas d’écrire dans ce champ.</translation>
    </message>
    <message>
        <source>A Salesforce Id has 18 characters; this field holds {limit}.</source>
        <translation>Un identifiant Salesforce a 18 caractères&#x202f;; ce champ en contient {limit}.</translation>
    </message>
    <message>
        <source>Salesforce alone gives a record its Id.</source>
        <translation>Seul Salesforce donne à un enregistrement son identifiant.</translation>
    </message>
    <message>
        <source>A lookup points to another record; it is not changed from Dialog Insight.</source>
        <translation>Une référence désigne un autre enregistrement&#xa0;; elle ne se change pas à partir de Dialog Insight.</translation>
    </message>
    <message>
        <source>This field belongs to a related record; it can be read, and not written.</source>
        <translation>Ce champ appartient à un enregistrement lié&#xa0;; il se lit, mais ne s’écrit pas.</translation>
    </message>
    <message>
        <source>Values may be longer than the {limit} characters of the Salesforce field; those are set aside.</source>
        <translation>Des valeurs peuvent dépasser les {limit} caractères du champ de Salesforce&#xa0;; elles sont mises de côté.</translation>
    </message>
    <message>
        <source>Only values that read as the kind of the Salesforce field can go.</source>
        <translation>Seules passent les valeurs lisibles comme le type du champ de Salesforce.</translation>
    </message>
    <message>
        <source>Numbers with more decimals than fit are set aside.</source>
        <translation>Les nombres qui ont trop de décimales sont mis de côté.</translation>
    </message>
    <message>
        <source>Numbers larger than the Salesforce field holds are set aside.</source>
        <translation>Les nombres trop grands pour le champ de Salesforce sont mis de côté.</translation>
    </message>
    <message>
        <source>Values that are not in the list of Salesforce are set aside.</source>
        <translation>Les valeurs absentes de la liste de Salesforce sont mises de côté.</translation>
    </message>
    <message>
        <source>Salesforce does not let this field be written.</source>
        <translation>Salesforce ne permet pas d’écrire dans ce champ.</translation>
    </message>
    <message>
        <source>Toward Salesforce: {0}</source>
        <translation>Vers Salesforce&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Toward Dialog Insight: {0}</source>
        <translation>Vers Dialog Insight&#xa0;: {0}</translation>
    </message>
    <message>
        <source>These two fields are paired already.</source>
        <translation>Ces deux champs sont déjà appariés.</translation>
    </message>
    <message>
        <source>The fields of both services are not read yet.</source>
        <translation>Les champs des deux services n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>the field for the Salesforce Id</source>
        <translation>le champ de l’Id Salesforce</translation>
    </message>
    <message>
        <source>the contact that the row belongs to</source>
        <translation>le contact auquel la ligne appartient</translation>
    </message>
    <message>
        <source>the same name</source>
        <translation>le même nom</translation>
    </message>
    <message>
        <source>the same label</source>
        <translation>le même libellé</translation>
    </message>
    <message>
        <source>the same meaning</source>
        <translation>le même sens</translation>
    </message>
    <message>
        <source>its cells are e-mail addresses</source>
        <translation>ses cellules sont des courriels</translation>
    </message>
    <message>
        <source>{0} % of the letters alike</source>
        <translation>{0}&#xa0;% des lettres semblables</translation>
    </message>
    <message>
        <source>{0} of {1} values fit</source>
        <translation>{0} valeurs sur {1} conviennent</translation>
    </message>
    <message>
        <source>suggested: {0} ({1}), certain</source>
        <translation>suggéré&#xa0;: {0} ({1}), sûr</translation>
    </message>
    <message>
        <source>suggested: {0} ({1})</source>
        <translation>suggéré&#xa0;: {0} ({1})</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>The next run sends it again.</source>
        <translation>La prochaine exécution l’envoie de nouveau.</translation>
    </message>
    <message>
        <source>Until now: {0}</source>
        <translation>Jusqu’ici&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>WhoMaySee</name>
    <message>
        <source>Who may see and edit the fields</source>
        <translation>Qui peut voir et modifier les champs</translation>
    </message>
    <message>
        <source>Only the user of this connection ({0})</source>
        <translation>L’utilisateur de cette connexion seulement ({0})</translation>
    </message>
    <message>
        <source>Only our own user</source>
        <translation>L’utilisateur de cette connexion seulement</translation>
    </message>
    <message>
        <source>All active users</source>
        <translation>Tous les utilisateurs actifs</translation>
    </message>
    <message>
        <source>Profiles or people that I pick</source>
        <translation>Des profils ou des personnes à choisir</translation>
    </message>
    <message>
        <source>Find a profile or a person</source>
        <translation>Trouver un profil ou une personne</translation>
    </message>
    <message>
        <source>Profiles and people of the org</source>
        <translation>Profils et personnes de l’organisation</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Nobody in this org has such a name.</source>
        <translation>Personne dans cette organisation ne porte un tel nom.</translation>
    </message>
    <message>
        <source>Tick at least one.</source>
        <translation>En cocher au moins un.</translation>
    </message>
    <message>
        <source>Picked: {0}</source>
        <translation>Choisis&#xa0;: {0}</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>profil</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Parts of the project</source>
        <translation>Parties du projet</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>Répétition</translation>
    </message>
    <message>
        <source>A copy without names is in “{0}”</source>
        <translation>Une copie sans les noms est dans «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>_About</name>
    <message>
        <source>There is a mapping called “{0}” already.</source>
        <translation>Un mappage s’appelle déjà «&#xa0;{0}&#xa0;».</translation>
    </message>
    <message>
        <source>Take another name.</source>
        <translation>Prendre un autre nom.</translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln enregistrement</numerusform>
            <numerusform>%Ln enregistrements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln champ</numerusform>
            <numerusform>%Ln champs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s)</source>
        <translation>
            <numerusform>%Ln paire</numerusform>
            <numerusform>%Ln paires</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln suggested pair(s)</source>
        <translation>
            <numerusform>Accepter %Ln paire suggérée</numerusform>
            <numerusform>Accepter %Ln paires suggérées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln certain</source>
        <translation>
            <numerusform>Accepter %Ln paire sûre</numerusform>
            <numerusform>Accepter %Ln paires sûres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested pair(s) look certain: Shift+Enter accepts them.</source>
        <translation>
            <numerusform>%Ln paire suggérée semble sûre&#xa0;: Maj+Entrée l’accepte.</numerusform>
            <numerusform>%Ln paires suggérées semblent sûres&#xa0;: Maj+Entrée les accepte.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paired</source>
        <translation>
            <numerusform>%Ln apparié</numerusform>
            <numerusform>%Ln appariés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a pair</source>
        <translation>
            <numerusform>%Ln sans paire</numerusform>
            <numerusform>%Ln sans paire</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln suggéré</numerusform>
            <numerusform>%Ln suggérés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln opt-in(s)</source>
        <translation>
            <numerusform>%Ln opt-in</numerusform>
            <numerusform>%Ln opt-ins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln opt-in(s)</source>
        <translation>
            <numerusform>Ajouter %Ln opt-in</numerusform>
            <numerusform>Ajouter %Ln opt-ins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) were taken out.</source>
        <translation>
            <numerusform>%Ln mot a été retiré.</numerusform>
            <numerusform>%Ln mots ont été retirés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This project has %Ln opt-in(s), and none is sent to Salesforce.</source>
        <translation>
            <numerusform>Ce projet a %Ln opt-in, et il n’est pas envoyé à Salesforce.</numerusform>
            <numerusform>Ce projet a %Ln opt-ins, et aucun n’est envoyé à Salesforce.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s) found</source>
        <translation>
            <numerusform>%Ln personne trouvée</numerusform>
            <numerusform>%Ln personnes trouvées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to {0}</source>
        <translation>
            <numerusform>%Ln entrée écrite dans {0}</numerusform>
            <numerusform>%Ln entrées écrites dans {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln project(s)</source>
        <translation>
            <numerusform>%Ln projet</numerusform>
            <numerusform>%Ln projets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sent</source>
        <translation>
            <numerusform>%Ln envoyé</numerusform>
            <numerusform>%Ln envoyés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln set aside</source>
        <translation>
            <numerusform>%Ln mis de côté</numerusform>
            <numerusform>%Ln mis de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) set aside wait for you.</source>
        <translation>
            <numerusform>%Ln enregistrement mis de côté est à traiter.</numerusform>
            <numerusform>%Ln enregistrements mis de côté sont à traiter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) changed on both sides wait for your choice.</source>
        <translation>
            <numerusform>%Ln valeur modifiée des deux côtés attend un choix.</numerusform>
            <numerusform>%Ln valeurs modifiées des deux côtés attendent un choix.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s) wait for your review.</source>
        <translation>
            <numerusform>%Ln consentement est à vérifier.</numerusform>
            <numerusform>%Ln consentements sont à vérifier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln valeur</numerusform>
            <numerusform>%Ln valeurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s)</source>
        <translation>
            <numerusform>%Ln consentement</numerusform>
            <numerusform>%Ln consentements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln created</source>
        <translation>
            <numerusform>%Ln créé</numerusform>
            <numerusform>%Ln créés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln updated</source>
        <translation>
            <numerusform>%Ln modifié</numerusform>
            <numerusform>%Ln modifiés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked as deleted</source>
        <translation>
            <numerusform>%Ln marqué comme supprimé</numerusform>
            <numerusform>%Ln marqués comme supprimés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mapped</source>
        <translation>
            <numerusform>%Ln mappé</numerusform>
            <numerusform>%Ln mappés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln min</source>
        <translation>
            <numerusform>Toutes les&#xa0;%Ln min</numerusform>
            <numerusform>Toutes les&#xa0;%Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln appel</numerusform>
            <numerusform>%Ln appels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln personne</numerusform>
            <numerusform>%Ln personnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not looked at since they were written</source>
        <translation>
            <numerusform>%Ln jamais consultée depuis son écriture</numerusform>
            <numerusform>%Ln jamais consultées depuis leur écriture</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln changement</numerusform>
            <numerusform>%Ln changements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln change(s)</source>
        <translation>
            <numerusform>Envoyer&#xa0;%Ln changement</numerusform>
            <numerusform>Envoyer&#xa0;%Ln changements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {0} of %Ln change(s) are shown.</source>
        <translation>
            <numerusform>Les {0} premiers de&#xa0;%Ln changement sont montrés.</numerusform>
            <numerusform>Les {0} premiers de&#xa0;%Ln changements sont montrés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation>
            <numerusform>%Ln essai</numerusform>
            <numerusform>%Ln essais</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) in the project file</source>
        <translation>
            <numerusform>%Ln problème dans le fichier de projet</numerusform>
            <numerusform>%Ln problèmes dans le fichier de projet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) in its integrations do not suit this project</source>
        <translation>
            <numerusform>%Ln chose dans ses intégrations ne convient pas à ce projet</numerusform>
            <numerusform>%Ln choses dans ses intégrations ne conviennent pas à ce projet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to correct</source>
        <translation>
            <numerusform>%Ln à corriger</numerusform>
            <numerusform>%Ln à corriger</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln run(s)</source>
        <translation>
            <numerusform>La dernière exécution</numerusform>
            <numerusform>Les&#xa0;%Ln dernières exécutions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>%Ln inchangé</numerusform>
            <numerusform>%Ln inchangés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) used</source>
        <translation>
            <numerusform>%Ln appel utilisé</numerusform>
            <numerusform>%Ln appels utilisés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are written and can be undone</source>
        <translation>
            <numerusform>%Ln enregistrement est écrit et peut être annulé</numerusform>
            <numerusform>%Ln enregistrements sont écrits et peuvent être annulés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln heure</numerusform>
            <numerusform>%Ln heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) will be sent again by the next run.</source>
        <translation>
            <numerusform>%Ln enregistrement sera renvoyé par la prochaine exécution.</numerusform>
            <numerusform>%Ln enregistrements seront renvoyés par la prochaine exécution.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) dismissed.</source>
        <translation>
            <numerusform>%Ln enregistrement écarté.</numerusform>
            <numerusform>%Ln enregistrements écartés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) exported.</source>
        <translation>
            <numerusform>%Ln enregistrement exporté.</numerusform>
            <numerusform>%Ln enregistrements exportés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln choice(s) noted; the next run carries them out.</source>
        <translation>
            <numerusform>%Ln choix noté&#xa0;; la prochaine exécution s’en charge.</numerusform>
            <numerusform>%Ln choix notés&#xa0;; la prochaine exécution s’en charge.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry a&amp;ll %Ln</source>
        <translation>
            <numerusform>Réessayer le seu&amp;l</numerusform>
            <numerusform>Réessayer &amp;les %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same for the %Ln other(s) of this field under this rule</source>
        <translation>
            <numerusform>De même pour l’autre valeur de ce champ sous cette règle</numerusform>
            <numerusform>De même pour les %Ln autres de ce champ sous cette règle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln value(s)</source>
        <translation>
            <numerusform>Garder %Ln valeur</numerusform>
            <numerusform>Garder %Ln valeurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %Ln value(s)</source>
        <translation>
            <numerusform>Rétablir %Ln valeur</numerusform>
            <numerusform>Rétablir %Ln valeurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back %Ln record(s)</source>
        <translation>
            <numerusform>Défaire pour %Ln enregistrement</numerusform>
            <numerusform>Défaire pour %Ln enregistrements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) get back what they held before.</source>
        <translation>
            <numerusform>%Ln champ reprend ce qu’il contenait avant.</numerusform>
            <numerusform>%Ln champs reprennent ce qu’ils contenaient avant.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) hold something else by now and stay as they are.</source>
        <translation>
            <numerusform>%Ln champ contient autre chose depuis et reste tel quel.</numerusform>
            <numerusform>%Ln champs contiennent autre chose depuis et restent tels quels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) that the run created stay.</source>
        <translation>
            <numerusform>%Ln enregistrement créé par cette exécution reste.</numerusform>
            <numerusform>%Ln enregistrements créés par cette exécution restent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s) that the run wrote stay: consents are never taken back.</source>
        <translation>
            <numerusform>%Ln consentement écrit par cette exécution reste&#xa0;: on n’annule jamais un consentement.</numerusform>
            <numerusform>%Ln consentements écrits par cette exécution restent&#xa0;: on n’annule jamais un consentement.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) today</source>
        <translation>
            <numerusform>%Ln exécution aujourd’hui</numerusform>
            <numerusform>%Ln exécutions aujourd’hui</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln caractère</numerusform>
            <numerusform>%Ln caractères</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dismiss %Ln record(s)?</source>
        <translation>
            <numerusform>Écarter&#xa0;%Ln enregistrement&#x202f;?</numerusform>
            <numerusform>Écarter&#xa0;%Ln enregistrements&#x202f;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers are rounded to %Ln decimal(s); a half goes away from zero.</source>
        <translation>
            <numerusform>Les nombres sont arrondis à %Ln décimale, au plus proche&#x202f;; à mi-chemin, en s’éloignant de zéro.</numerusform>
            <numerusform>Les nombres sont arrondis à %Ln décimales, au plus proche&#x202f;; à mi-chemin, en s’éloignant de zéro.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records have decimals.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} a des décimales.</numerusform>
            <numerusform>%Ln enregistrements sur {0} ont des décimales.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records have more than {1} decimals.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} a plus de {1} décimales.</numerusform>
            <numerusform>%Ln enregistrements sur {0} ont plus de {1} décimales.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are longer than {1} characters; the longest has {2}.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} dépasse {1} caractères&#x202f;; le plus long en a {2}.</numerusform>
            <numerusform>%Ln enregistrements sur {0} dépassent {1} caractères&#x202f;; le plus long en a {2}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold too large a number.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} contient un nombre trop grand.</numerusform>
            <numerusform>%Ln enregistrements sur {0} contiennent un nombre trop grand.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold a value that is not in the list.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} contient une valeur absente de la liste.</numerusform>
            <numerusform>%Ln enregistrements sur {0} contiennent une valeur absente de la liste.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold no e-mail address.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} ne contient pas d’adresse courriel.</numerusform>
            <numerusform>%Ln enregistrements sur {0} ne contiennent pas d’adresse courriel.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold several values.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} contient plusieurs valeurs.</numerusform>
            <numerusform>%Ln enregistrements sur {0} contiennent plusieurs valeurs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are empty.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} est vide.</numerusform>
            <numerusform>%Ln enregistrements sur {0} sont vides.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold a value of another kind.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} contient une valeur d’un autre genre.</numerusform>
            <numerusform>%Ln enregistrements sur {0} contiennent une valeur d’un autre genre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are rounded.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} est arrondi.</numerusform>
            <numerusform>%Ln enregistrements sur {0} sont arrondis.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are shortened.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} est raccourci.</numerusform>
            <numerusform>%Ln enregistrements sur {0} sont raccourcis.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are changed so that they fit.</source>
        <translation>
            <numerusform>%Ln enregistrement sur {0} est modifié pour tenir.</numerusform>
            <numerusform>%Ln enregistrements sur {0} sont modifiés pour tenir.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) looked at, {0} with a value.</source>
        <translation>
            <numerusform>%Ln enregistrement examiné, {0} avec une valeur.</numerusform>
            <numerusform>%Ln enregistrements examinés, {0} avec une valeur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln still set aside</source>
        <translation>
            <numerusform>%Ln encore mis de côté</numerusform>
            <numerusform>%Ln encore mis de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln row(s)</source>
        <translation>
            <numerusform>environ %Ln ligne</numerusform>
            <numerusform>environ %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln colonne</numerusform>
            <numerusform>%Ln colonnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Importer %Ln ligne</numerusform>
            <numerusform>&amp;Importer %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Check about %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Vérifier environ %Ln ligne</numerusform>
            <numerusform>&amp;Vérifier environ %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Save the %Ln row(s) as CSV…</source>
        <translation>
            <numerusform>&amp;Enregistrer la ligne en CSV…</numerusform>
            <numerusform>&amp;Enregistrer les %Ln lignes en CSV…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Co&amp;rrect the %Ln row(s)…</source>
        <translation>
            <numerusform>Corri&amp;ger la ligne…</numerusform>
            <numerusform>Corri&amp;ger les %Ln lignes…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) went out already; what is corrected here is sent now.</source>
        <translation>
            <numerusform>%Ln ligne est déjà envoyée&#x202f;; seules les corrections faites ici seront envoyées.</numerusform>
            <numerusform>%Ln lignes sont déjà envoyées&#x202f;; seules les corrections faites ici seront envoyées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) corrected here; the file itself is not changed.</source>
        <translation>
            <numerusform>%Ln ligne corrigée ici&#x202f;; le fichier lui-même n’est pas modifié.</numerusform>
            <numerusform>%Ln lignes corrigées ici&#x202f;; le fichier lui-même n’est pas modifié.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) went out before this import was stopped; none goes out twice.</source>
        <translation>
            <numerusform>%Ln ligne est partie avant l’arrêt de cette importation&#x202f;; aucune ne part deux fois.</numerusform>
            <numerusform>%Ln lignes sont parties avant l’arrêt de cette importation&#x202f;; aucune ne part deux fois.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln will be shortened</source>
        <translation>
            <numerusform>%Ln sera raccourcie</numerusform>
            <numerusform>%Ln seront raccourcies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) refused</source>
        <translation>
            <numerusform>%Ln ligne refusée</numerusform>
            <numerusform>%Ln lignes refusées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Go on with %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Reprendre avec %Ln ligne</numerusform>
            <numerusform>&amp;Reprendre avec %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s) of this file were erased from Dialog Insight</source>
        <translation>
            <numerusform>%Ln personne de ce fichier a été effacée de Dialog Insight</numerusform>
            <numerusform>%Ln personnes de ce fichier ont été effacées de Dialog Insight</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring %Ln person(s) back</source>
        <translation>
            <numerusform>Ramener %Ln personne</numerusform>
            <numerusform>Ramener %Ln personnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each person is looked up in Dialog Insight too: about %Ln call(s).</source>
        <translation>
            <numerusform>Chaque personne est aussi consultée dans Dialog Insight&#xa0;: environ %Ln appel.</numerusform>
            <numerusform>Chaque personne est aussi consultée dans Dialog Insight&#xa0;: environ %Ln appels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Install %Ln field(s)…</source>
        <translation>
            <numerusform>&amp;Installer %Ln champ…</numerusform>
            <numerusform>&amp;Installer %Ln champs…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) in this mapping</source>
        <translation>
            <numerusform>%Ln problème dans ce mappage</numerusform>
            <numerusform>%Ln problèmes dans ce mappage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Install %Ln component(s)</source>
        <translation>
            <numerusform>&amp;Installer %Ln composant</numerusform>
            <numerusform>&amp;Installer %Ln composants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Remove %Ln component(s)</source>
        <translation>
            <numerusform>&amp;Supprimer %Ln composant</numerusform>
            <numerusform>&amp;Supprimer %Ln composants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflit</numerusform>
            <numerusform>%Ln conflits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) can see the fields now</source>
        <translation>
            <numerusform>%Ln utilisateur voit maintenant les champs</numerusform>
            <numerusform>%Ln utilisateurs voient maintenant les champs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had access already</source>
        <translation>
            <numerusform>%Ln y avait déjà accès</numerusform>
            <numerusform>%Ln y avaient déjà accès</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) cannot be given access</source>
        <translation>
            <numerusform>%Ln utilisateur ne peut pas y avoir accès</numerusform>
            <numerusform>%Ln utilisateurs ne peuvent pas y avoir accès</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) hold a value</source>
        <translation>
            <numerusform>%Ln enregistrement contient une valeur</numerusform>
            <numerusform>%Ln enregistrements contiennent une valeur</numerusform>
        </translation>
    </message>
</context>
</TS>
