<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>ActivityTab</name>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
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
        <source>Waits for you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
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
        <source>Search label, code or type</source>
        <translation>Chercher par libellé, code ou type</translation>
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
        <source>In Salesforce</source>
        <translation>Dans Salesforce</translation>
    </message>
    <message>
        <source>In Dialog Insight</source>
        <translation>Dans Dialog Insight</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>à traiter</translation>
    </message>
    <message>
        <source>{0} chosen; the next run writes it</source>
        <translation>{0} choisi&#xa0;; écrit par la prochaine exécution</translation>
    </message>
    <message>
        <source>Changed on both sides</source>
        <translation>Modifié des deux côtés</translation>
    </message>
    <message>
        <source>Nothing is written to these fields until you choose; the other fields of the record go on.</source>
        <translation>Rien n’est écrit dans ces champs avant un choix&#xa0;; les autres champs de l’enregistrement continuent.</translation>
    </message>
    <message>
        <source>Keep the value of Sa&amp;lesforce</source>
        <translation>Garder la valeur de Sa&amp;lesforce</translation>
    </message>
    <message>
        <source>Keep the value of Dialog I&amp;nsight</source>
        <translation>Garder la valeur de Dialog I&amp;nsight</translation>
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
        <source>not authorized yet</source>
        <translation>pas encore autorisée</translation>
    </message>
    <message>
        <source>{0} · key {1}</source>
        <translation>{0} · clé {1}</translation>
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
        <source>&amp;Test</source>
        <translation>&amp;Tester</translation>
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
        <source>Sign in at</source>
        <translation>Ouvrir une session à</translation>
    </message>
    <message>
        <source>Tokens are kept in</source>
        <translation>Jetons conservés dans</translation>
    </message>
    <message>
        <source>Client ID (External Client App)</source>
        <translation>Identifiant client (application client externe)</translation>
    </message>
    <message>
        <source>{0} % of the daily calls of the org</source>
        <translation>{0}&#xa0;% des appels quotidiens de l’organisation</translation>
    </message>
    <message>
        <source>{0}; at most {1} a day, of which 200 are kept for consents</source>
        <translation>{0}&#xa0;; au plus {1} par jour, dont 200 réservés aux consentements</translation>
    </message>
    <message>
        <source>This program may use</source>
        <translation>Ce programme peut utiliser</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plateforme</translation>
    </message>
    <message>
        <source>The key is kept in</source>
        <translation>Clé conservée dans</translation>
    </message>
    <message>
        <source>Key number</source>
        <translation>Numéro de la clé</translation>
    </message>
    <message>
        <source>{0}, {1} at a time</source>
        <translation>{0}, {1} à la fois</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation>Session ouverte par</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>Version de l’API</translation>
    </message>
    <message>
        <source>API calls, last 24 h: {0} of {1} (this program stops at {2})</source>
        <translation>Appels d’API des dernières 24 h&#xa0;: {0} sur {1} (ce programme s’arrête à {2})</translation>
    </message>
    <message>
        <source>What this key may use: {0}</source>
        <translation>Ce que cette clé permet d’utiliser&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Disconnect “{0}”?</source>
        <translation>Déconnecter «&#xa0;{0}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>Its authorization is withdrawn and forgotten on this computer. Data in both services stays as it is.</source>
        <translation>Son autorisation est retirée et oubliée sur cet ordinateur. Les données des deux services restent telles quelles.</translation>
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
        <source>Why it waits</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
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
        <source>Find out what the person wants, then correct the side that is wrong; until then Salesforce keeps its opt-out. An opt-out that Salesforce alone has must be entered in Dialog Insight: this program never sends one there.</source>
        <translation>Vérifier ce que veut la personne, puis corriger le côté qui a tort&#xa0;; d’ici là, Salesforce garde son désabonnement. Un désabonnement que seul Salesforce connaît doit être saisi dans Dialog Insight&#xa0;: ce programme ne l’y envoie jamais.</translation>
    </message>
    <message>
        <source>Consents to review</source>
        <translation>Consentements à vérifier</translation>
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
        <source>Restore a backup; the details give its place.</source>
        <translation>Restaurer une sauvegarde&#x202f;; les détails disent où elle se trouve.</translation>
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
        <translation>créations</translation>
    </message>
    <message>
        <source>updated</source>
        <translation>modifications</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>suppressions</translation>
    </message>
    <message>
        <source>opt-ins</source>
        <translation>opt-ins</translation>
    </message>
    <message>
        <source>{0} (off)</source>
        <translation>{0} (inactif)</translation>
    </message>
    <message>
        <source>type {0} · key: {1}</source>
        <translation>type {0} · clé&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>GuardNotice</name>
    <message>
        <source>Nothing was sent for “{0}”: this run waits for your word</source>
        <translation>Rien n’a été envoyé pour «&#xa0;{0}&#xa0;»&#xa0;: cette exécution attend une décision</translation>
    </message>
    <message>
        <source>It would mark {0} people as deleted, of the {1} records that are tied together. See first why so many are deleted in Salesforce.</source>
        <translation>Elle marquerait {0} personnes comme supprimées, sur les {1} enregistrements qui sont liés. Vérifier d’abord pourquoi tant de suppressions ont eu lieu dans Salesforce.</translation>
    </message>
    <message>
        <source>It would change {0} of the {1} records that are tied together.</source>
        <translation>Elle modifierait {0} des {1} enregistrements qui sont liés.</translation>
    </message>
    <message>
        <source>Send all the same</source>
        <translation>Envoyer quand même</translation>
    </message>
</context>
<context>
    <name>IntegrationCard</name>
    <message>
        <source>Off</source>
        <translation>Inactive</translation>
    </message>
    <message>
        <source>A run would be refused. Correct the project file, then read it again.</source>
        <translation>Une exécution serait refusée. Corriger le fichier de projet, puis le relire.</translation>
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
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Runs
Last run</source>
        <translation>Exécution
Dernière fois</translation>
    </message>
    <message>
        <source>Last
runs</source>
        <translation>Exécutions
récentes</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Inactive</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>non disponible</translation>
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
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>aucune exécution</translation>
    </message>
    <message>
        <source>{0}: least {1} sent, most {2}, last {3}</source>
        <translation>{0}&#xa0;: minimum {1} envoyés, maximum {2}, dernière fois {3}</translation>
    </message>
    <message>
        <source>Integrations</source>
        <translation>Intégrations</translation>
    </message>
    <message>
        <source>What moves, and when</source>
        <translation>Ce qui circule, et quand</translation>
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
        <source>A dash means not available: a type A project receives its contacts from Salesforce, a type B project creates them there, and opt-ins only travel from Dialog Insight to Salesforce.</source>
        <translation>Un tiret veut dire non disponible&#xa0;: un projet de type A reçoit ses contacts de Salesforce, un projet de type B les y crée, et les opt-ins circulent seulement de Dialog Insight vers Salesforce.</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Another &amp;key in place of the one that is kept</source>
        <translation>Autre &amp;clé à la place de celle qui est conservée</translation>
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
    <name>MappingTab</name>
    <message>
        <source>Mappings</source>
        <translation>Mappages</translation>
    </message>
    <message>
        <source>&amp;Read fields again</source>
        <translation>&amp;Relire les champs</translation>
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
        <source>Checked</source>
        <translation>Vérifié</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À traiter</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>Pas encore vérifié</translation>
    </message>
    <message>
        <source>A run of this mapping would be refused. Correct the project file, then read it again.</source>
        <translation>Une exécution de ce mappage serait refusée. Corriger le fichier de projet, puis le relire.</translation>
    </message>
    <message>
        <source>No pair chosen</source>
        <translation>Aucune paire choisie</translation>
    </message>
    <message>
        <source>Choose a field or a line to see how its values travel.</source>
        <translation>Choisir un champ ou une ligne pour voir comment ses valeurs circulent.</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Salesforce: {0}
Dialog Insight: {1}</source>
        <translation>Salesforce&#xa0;: {0}
Dialog Insight&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>Transformation</translation>
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
        <source>The program writes the Salesforce Id here: while this field is empty, the person has no Salesforce record yet.</source>
        <translation>Le programme écrit ici l’identifiant Salesforce&#xa0;: tant que ce champ est vide, la personne n’a pas encore d’enregistrement Salesforce.</translation>
    </message>
    <message>
        <source>Sent instead of nothing</source>
        <translation>Valeur par défaut</translation>
    </message>
    <message>
        <source>When both sides changed</source>
        <translation>Si les deux côtés ont changé</translation>
    </message>
    <message>
        <source>{0} · primary key</source>
        <translation>{0} · clé primaire</translation>
    </message>
    <message>
        <source>The service shows no field “{0}”. Correct the name in the project file.</source>
        <translation>Le service ne montre aucun champ «&#xa0;{0}&#xa0;». Corriger le nom dans le fichier de projet.</translation>
    </message>
    <message>
        <source>Cannot travel</source>
        <translation>Ne peut pas circuler</translation>
    </message>
    <message>
        <source>The fields of one side were not read yet.</source>
        <translation>Les champs d’un des côtés n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>Every value can travel</source>
        <translation>Toutes les valeurs peuvent circuler</translation>
    </message>
    <message>
        <source>Some values may not travel</source>
        <translation>Certaines valeurs pourraient ne pas circuler</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Help</source>
        <translation>Ai&amp;de</translation>
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
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Ouvrir un fichier &amp;récent</translation>
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
        <source>R&amp;esume</source>
        <translation>R&amp;eprendre</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>Mettre en p&amp;ause</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Keeps Salesforce and Dialog Insight in step. Apache License 2.0; Qt under the LGPL, version 3.</source>
        <translation>Garde Salesforce et Dialog Insight au diapason. Licence Apache 2.0&#x202f;; Qt sous la LGPL, version 3.</translation>
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
        <source>Salesforce no longer tells what was deleted since the run before.</source>
        <translation>Salesforce ne dit plus ce qui a été supprimé depuis l’exécution précédente.</translation>
    </message>
    <message>
        <source>Compare the deleted records of that time by hand (see the details); run at least every two weeks.</source>
        <translation>Comparer à la main les suppressions de cette période (voir les détails)&#xa0;; exécuter au moins toutes les deux semaines.</translation>
    </message>
    <message>
        <source>See whether the folder is there and open to you. The details name it.</source>
        <translation>Vérifier que le dossier existe et qu’il est accessible. Les détails le nomment.</translation>
    </message>
</context>
<context>
    <name>OptInsTab</name>
    <message>
        <source>Consent</source>
        <translation>Consentement</translation>
    </message>
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
        <source>Since when and
from where, in</source>
        <translation>Date et source
écrites dans</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
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
        <source>not sent to Salesforce</source>
        <translation>non envoyé à Salesforce</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>inversé</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>non écrites</translation>
    </message>
    <message>
        <source>travels</source>
        <translation>circule</translation>
    </message>
    <message>
        <source>“Opt-in changed” not ticked</source>
        <translation>«&#xa0;Opt-in modifié&#xa0;» non coché</translation>
    </message>
    <message>
        <source>off</source>
        <translation>inactive</translation>
    </message>
    <message>
        <source>Destination projects</source>
        <translation>Projets de destination</translation>
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
        <source>Dialog Insight → Salesforce only</source>
        <translation>Dialog Insight → Salesforce seulement</translation>
    </message>
    <message>
        <source>Consent is recorded in Dialog Insight, so it only ever travels from Dialog Insight to Salesforce. Nothing that this program sends to Dialog Insight carries a consent.</source>
        <translation>Le consentement est consigné dans Dialog Insight&#x202f;; il ne circule donc que de Dialog Insight vers Salesforce. Rien de ce que ce programme envoie à Dialog Insight ne porte de consentement.</translation>
    </message>
    <message>
        <source>This project has no opt-in.</source>
        <translation>Ce projet n’a aucun opt-in.</translation>
    </message>
    <message>
        <source>The opt-ins of this project were not read yet.</source>
        <translation>Les opt-ins de ce projet n’ont pas encore été lus.</translation>
    </message>
    <message>
        <source>An opt-out is always written. An opt-in is written only where Salesforce shows no opt-out, or where it is provably later; otherwise it waits for your review. An opt-out made in Salesforce stays there: it has to be entered in Dialog Insight too.</source>
        <translation>Un désabonnement est toujours écrit. Un opt-in n’est écrit que si Salesforce ne montre aucun désabonnement, ou s’il est prouvé plus récent&#xa0;; sinon, il attend une vérification. Un désabonnement fait dans Salesforce y reste&#xa0;: il faut le saisir aussi dans Dialog Insight.</translation>
    </message>
    <message>
        <source>A run would be refused. Correct the project file, then read it again.</source>
        <translation>Une exécution serait refusée. Corriger le fichier de projet, puis le relire.</translation>
    </message>
    <message>
        <source>Salesforce keeps its opt-outs until then. They are listed on the Activity tab.</source>
        <translation>D’ici là, Salesforce garde ses désabonnements. La liste se trouve sous l’onglet Activité.</translation>
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
côtés ont changé</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérification</translation>
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
        <translation>Deviendra</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
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
    <name>ProjectsTab</name>
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
        <source>Destination projects</source>
        <translation>Projets de destination</translation>
    </message>
    <message>
        <source>&amp;Read fields again</source>
        <translation>&amp;Relire les champs</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tables</translation>
    </message>
    <message>
        <source>Tables of {0}</source>
        <translation>Tables de {0}</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Non lu</translation>
    </message>
    <message>
        <source>Fields read</source>
        <translation>Champs lus</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Pas encore lu</translation>
    </message>
    <message>
        <source>Dialog Insight project</source>
        <translation>Projet Dialog Insight</translation>
    </message>
    <message>
        <source>Primary key</source>
        <translation>Clé primaire</translation>
    </message>
    <message>
        <source>Time zone of its dates</source>
        <translation>Fuseau horaire de ses dates</translation>
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
        <source>The key is not in the project</source>
        <translation>La clé n’est pas dans le projet</translation>
    </message>
    <message>
        <source>Dialog Insight shows no field of that name. Correct the key in the project file.</source>
        <translation>Dialog Insight ne montre aucun champ de ce nom. Corriger la clé dans le fichier de projet.</translation>
    </message>
    <message>
        <source>Dialog Insight has another key</source>
        <translation>Dialog Insight a une autre clé</translation>
    </message>
    <message>
        <source>The project&apos;s primary key in Dialog Insight is not the one in the project file. Contacts would not be found again.</source>
        <translation>La clé primaire du projet dans Dialog Insight n’est pas celle du fichier de projet. Les contacts ne seraient pas retrouvés.</translation>
    </message>
    <message>
        <source>The key is too short</source>
        <translation>La clé est trop courte</translation>
    </message>
    <message>
        <source>A Salesforce Id has 18 characters. Lengthen the field in Dialog Insight.</source>
        <translation>Un identifiant Salesforce a 18 caractères. Allonger le champ dans Dialog Insight.</translation>
    </message>
    <message>
        <source>The key does not suit type A</source>
        <translation>La clé ne convient pas au type A</translation>
    </message>
    <message>
        <source>It must hold the Salesforce Id, which is a text; an e-mail may repeat or change.</source>
        <translation>Elle doit contenir l’identifiant Salesforce, qui est un texte&#x202f;; un courriel peut se répéter ou changer.</translation>
    </message>
    <message>
        <source>The key does not suit type B</source>
        <translation>La clé ne convient pas au type B</translation>
    </message>
    <message>
        <source>People who are born in Dialog Insight are known by their e-mail.</source>
        <translation>Les personnes nées dans Dialog Insight sont connues par leur courriel.</translation>
    </message>
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
        <source>Contacts are created here, by forms for example, and then in Salesforce. Primary key: the e-mail.</source>
        <translation>Les contacts sont créés ici, par des formulaires par exemple, puis dans Salesforce. Clé primaire&#xa0;: le courriel.</translation>
    </message>
    <message>
        <source>Type B: gather new contacts</source>
        <translation>Type B&#xa0;: recueillir de nouveaux contacts</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>choisi</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>non choisi</translation>
    </message>
    <message>
        <source>How changes made in Dialog Insight are found</source>
        <translation>Comment les changements faits dans Dialog Insight sont trouvés</translation>
    </message>
    <message>
        <source>By their date, where the account tells it, and besides in these ways. What is seen late is sent late.</source>
        <translation>Par leur date, là où le compte la donne, et aussi des façons suivantes. Ce qui est vu tard est envoyé tard.</translation>
    </message>
    <message>
        <source>{0}, those not seen for longest first</source>
        <translation>{0}, en commençant par celles vues il y a le plus longtemps</translation>
    </message>
    <message>
        <source>By the empty field {0}</source>
        <translation>Par le champ vide {0}</translation>
    </message>
    <message>
        <source>Looked up in each run</source>
        <translation>Consultées à chaque exécution</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Exports read from the folder</source>
        <translation>Exports lus dans le dossier</translation>
    </message>
    <message>
        <source>No folder is named</source>
        <translation>Aucun dossier indiqué</translation>
    </message>
    <message>
        <source>New people</source>
        <translation>Nouvelles personnes</translation>
    </message>
    <message>
        <source>Oldest look at a person</source>
        <translation>Consultation la plus ancienne</translation>
    </message>
    <message>
        <source>Custom table {0}</source>
        <translation>Table personnalisée {0}</translation>
    </message>
    <message>
        <source>Contact list</source>
        <translation>Liste de contacts</translation>
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
        <translation>Inchangés</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Mis de côté</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Sync of {0}</source>
        <translation>Synchronisation du {0}</translation>
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
        <source>Preview of {0}</source>
        <translation>Aperçu du {0}</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
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
        <source>It took {0}.</source>
        <translation>Durée&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Figures of each integration</source>
        <translation>Chiffres de chaque intégration</translation>
    </message>
    <message>
        <source>Read in {0}</source>
        <translation>Lus dans {0}</translation>
    </message>
</context>
<context>
    <name>SetAsideCard</name>
    <message>
        <source>Record</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Integration</source>
        <translation>Intégration</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
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
        <translation>Ils quittent cette liste et ne sont pas envoyés. Celui qui change est de nouveau essayé.</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
        <source>It cannot enter {0}.</source>
        <translation>Il ne peut entrer dans {0}.</translation>
    </message>
    <message>
        <source>Retry a&amp;ll</source>
        <translation>&amp;Tout réessayer</translation>
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
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
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
    <name>SignInCard</name>
    <message>
        <source>Signing in to Salesforce</source>
        <translation>Ouverture de session dans Salesforce</translation>
    </message>
    <message>
        <source>Sign in in your browser and allow the access. Take the time you need; this page goes on by itself.</source>
        <translation>Ouvrir la session dans le navigateur et permettre l’accès. Prendre le temps voulu&#x202f;; cette page continue d’elle-même.</translation>
    </message>
    <message>
        <source>Browser opened</source>
        <translation>Navigateur ouvert</translation>
    </message>
    <message>
        <source>You sign in</source>
        <translation>Session ouverte</translation>
    </message>
    <message>
        <source>Permission received</source>
        <translation>Permission reçue</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
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
        <source>&amp;Copy the address</source>
        <translation>&amp;Copier l’adresse</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>Annu&amp;ler</translation>
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
        <source>“{0}” cannot be opened</source>
        <translation>Impossible d’ouvrir «&#xa0;{0}&#xa0;»</translation>
    </message>
    <message>
        <source>Opened recently</source>
        <translation>Ouverts récemment</translation>
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
        <source>Preview · {0}</source>
        <translation>Aperçu · {0}</translation>
    </message>
    <message>
        <source>Sync · {0}</source>
        <translation>Synchronisation · {0}</translation>
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
        <source>Step 1 of 3 · reading {0}</source>
        <translation>Étape 1 de 3 · lecture de {0}</translation>
    </message>
    <message>
        <source>Step 2 of 3 · comparing</source>
        <translation>Étape 2 de 3 · comparaison</translation>
    </message>
    <message>
        <source>Step 3 of 3 · sending to {0}</source>
        <translation>Étape 3 de 3 · envoi à {0}</translation>
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
        <source>No connection yet.</source>
        <translation>Aucune connexion pour l’instant.</translation>
    </message>
    <message>
        <source>A connection needs you: {0}.</source>
        <translation>Une connexion est à traiter&#xa0;: {0}.</translation>
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
        <source>paired with {0}</source>
        <translation>apparié à {0}</translation>
    </message>
    <message>
        <source>not paired</source>
        <translation>non apparié</translation>
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
</context>
<context>
    <name>Window</name>
    <message>
        <source>&amp;Preview changes</source>
        <translation>&amp;Prévisualiser les changements</translation>
    </message>
    <message>
        <source>&amp;Sync now</source>
        <translation>&amp;Synchroniser</translation>
    </message>
    <message>
        <source>Parts of the project</source>
        <translation>Parties du projet</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Synchronisation…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Open a project file</source>
        <translation>Ouvrir un fichier de projet</translation>
    </message>
    <message>
        <source>Project files (*.disf.yaml)</source>
        <translation>Fichiers de projet (*.disf.yaml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>A run is under way.</source>
        <translation>Une exécution est en cours.</translation>
    </message>
    <message>
        <source>Nothing is lost when it stops: the next run goes on from there.</source>
        <translation>Rien n’est perdu quand elle s’arrête&#xa0;: la prochaine exécution reprend à partir de là.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Arrêter et fermer</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>Laisser continuer</translation>
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
        <source>%Ln opt-in(s)</source>
        <translation>
            <numerusform>%Ln opt-in</numerusform>
            <numerusform>%Ln opt-ins</numerusform>
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
        <source>Dismiss %Ln record(s)?</source>
        <translation>
            <numerusform>Écarter&#xa0;%Ln enregistrement&#x202f;?</numerusform>
            <numerusform>Écarter&#xa0;%Ln enregistrements&#x202f;?</numerusform>
        </translation>
    </message>
</context>
</TS>
