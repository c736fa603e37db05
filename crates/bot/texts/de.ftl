# Alle Texte von Gamekeeper auf Deutsch. Dieselben Schlüssel und Platzhalter wie in `en.ftl`; das
# prüft ein Test. Namen, die Menschen gewählt haben, kommen hier schon für Markdown maskiert an.

## Wörter für Dinge

slot-player-role = Spielerrolle
slot-admin-role = Spielleiterrolle
slot-category = Kategorie
slot-announcements = Ankündigungskanal
slot-chat = Chatkanal
slot-looking-for-group = Mitspielersuche
slot-forum = Forum
slot-voice = Sprachkanal { $n }
principal-everyone = alle
principal-bot = den Bot
principal-role = { $slot }
kind-text = Textkanal
kind-voice = Sprachkanal
kind-announcement = Ankündigungskanal
kind-forum = Forum
kind-other = Kanal
colour-none = keine Farbe
panel-kind-admin = Admin-Panel
panel-kind-player = Spieler-Panel
and-more = … und { $n } weitere
nobody = niemand
none-word = keine
the-bot = Gamekeeper
separator-list = { ", " }

## Berechtigungen, wie Discord sie in den Einstellungen nennt

permission-view-channel = Kanäle ansehen
permission-send-messages = Nachrichten senden
permission-embed-links = Links einbetten
permission-read-history = Nachrichtenverlauf anzeigen
permission-connect = Verbinden
permission-manage-channels = Kanäle verwalten
permission-manage-roles = Rollen verwalten
permission-add-reactions = Reaktionen hinzufügen
permission-stream = Video
permission-attach-files = Dateien anhängen
permission-speak = Sprechen
permission-voice-activity = Sprachaktivierung verwenden
permission-app-commands = Anwendungsbefehle verwenden
permission-manage-threads = Threads verwalten
permission-create-threads = Öffentliche Threads erstellen
permission-thread-messages = Nachrichten in Threads senden
permission-pin-messages = Nachrichten anpinnen
permission-audit-log = Audit-Log einsehen
permission-manage-messages = Nachrichten verwalten
permission-mention-everyone = Erwähne alle und alle Rollen
permission-mute = Mitglieder stummschalten
permission-deafen = Ein- und Ausgabe von Mitgliedern deaktivieren
permission-move = Mitglieder verschieben

## Knöpfe

button-create-simple = Neues Spiel
button-create-advanced = Neues Spiel, Schritt für Schritt
button-manage = Verwalten
button-archive = Archivieren
button-archive-release = Archivieren und Kanäle freigeben
button-restore = Wiederherstellen
button-delete = Löschen
button-delete-type = Endgültig löschen …
button-refresh = Aktualisieren
button-show-all = Alle zeigen
button-join = Mitspielen
button-leave = Verlassen
button-my-games = Meine Spiele
button-members = Mitglieder
button-info = Info
button-audit = Verlauf
button-help = Hilfe
button-settings = Einstellungen
button-previous = Zurück
button-next = Weiter
button-newest = Neueste
button-clear-filter = Ohne Filter
button-close = Schließen
button-cancel = Abbrechen
button-back = Zurück
button-preview = Plan zeigen
button-confirm-create = Spiel anlegen
button-edit-words = Texte ändern
button-repair = Reparieren
button-approve = Aufnehmen
button-decline = Ablehnen
button-repost-admin = Admin-Panel neu posten
button-repost-player = Spieler-Panel neu posten
button-check-again = Noch einmal prüfen

## Panels

admin-title = ## 🎛️ Spiele · Admin-Panel
admin-counts = **{ $active }** aktiv · **{ $archived }** archiviert · { $players ->
    [one] 1 Platz
   *[other] { $players } Plätze
} belegt
admin-room = { $fits ->
    [0] ⛔ Discords Grenzen lassen kein weiteres Spiel zu (noch { $roles } Rollen und { $channels } Kanäle frei).
    [one] Platz für **1** weiteres Spiel (noch { $roles } Rollen und { $channels } Kanäle frei).
   *[other] Platz für **{ $fits }** weitere Spiele (noch { $roles } Rollen und { $channels } Kanäle frei).
}
admin-empty = Noch keine Spiele. Mit **Neues Spiel** legst du das erste an.
admin-more = -# … und { $n ->
    [one] 1 weiteres Spiel
   *[other] { $n } weitere Spiele
}. **Alle zeigen** listet sie auf.
admin-lost-admin = ⚠️ Die Nachricht des Admin-Panels ist weg.
admin-lost-player = ⚠️ Die Nachricht des Spieler-Panels ist weg. Die Spieler sehen es erst wieder, wenn du es neu postest.
admin-log-gone = ⚠️ Der Log-Kanal ist weg. Wählt unter **Einstellungen** einen anderen; seine Zeilen warten eine Woche, und im **Verlauf** stehen sie alle.
admin-log-closed = ⚠️ Ich darf im Log-Kanal nicht schreiben. Lasst mich dort hinein oder wählt unter **Einstellungen** einen anderen; seine Zeilen warten eine Woche, und im **Verlauf** stehen sie alle.
log-missed = -# { $n ->
    [one] 1 Zeile war
   *[other] { $n } Zeilen waren
} zu alt, um hier noch zu erscheinen, als es wieder einen Kanal gab. Im **Verlauf** stehen sie.
player-title = ## 🎲 Spiele
player-intro = Such dir ein Spiel aus. Rolle und Kanäle bekommst du sofort – oder sobald dich die Spielleitung aufgenommen hat.
player-empty = Gerade gibt es kein Spiel zum Mitspielen. Schau bald wieder vorbei!
player-more = -# … und { $n ->
    [one] 1 weiteres Spiel
   *[other] { $n } weitere Spiele
}. Mit **Mitspielen** siehst du alle.
player-select = Bei einem Spiel mitspielen …
panel-posted-admin = ✅ Das Admin-Panel ist jetzt in { $channel }.
panel-posted-player = ✅ Das Spieler-Panel ist jetzt in { $channel }.
panel-lost-admin = ⚠️ Das **Admin-Panel** ist weg: Nachricht oder Kanal wurden gelöscht. Ein Community-Admin kann es neu posten.
panel-lost-player = ⚠️ Das **Spieler-Panel** ist weg: Nachricht oder Kanal wurden gelöscht. Ein Community-Admin kann es neu posten.

## Zeichen und kurze Angaben zu einem Spiel

mark-active = 🟢
mark-archived = 📦
mark-deleting = 🗑️
mark-problem = ⚠️
seats-open = { $n ->
    [0] noch niemand dabei
    [one] 1 Spieler
   *[other] { $n } Spieler
}
seats-limited = { $n } von { $capacity } Plätzen
seats-full = { $capacity ->
    [one] voll (1 Platz)
   *[other] voll ({ $capacity } Plätze)
}
seats-requested = { $n ->
    [one] 1 Anfrage
   *[other] { $n } Anfragen
}
admission-open = offen für alle
admission-approval = mit Freigabe
visibility-everyone = alle dürfen zuschauen
visibility-members = nur für Spieler sichtbar
phase-active = aktiv
phase-archived = archiviert
phase-archived-released = archiviert, Kanäle freigegeben
phase-deleting = wird gelöscht
work-steps = ⏳ { $done }/{ $total }
work-waiting = ⏳ wartet, nächster Versuch { $when }
capacity-none = unbegrenzt
capacity-seats = { $n ->
    [one] 1 Platz
   *[other] { $n } Plätze
}
seat-seated = du bist dabei
seat-requested = deine Anfrage ist offen

## Listen und Auswahl

list-title = ## Alle Spiele
list-empty = Hier gibt es noch keine Spiele.
list-select = Ein Spiel ansehen …
page-of = -# Seite { $page } von { $pages } · { $total } Spiele
mine-title = ## Meine Spiele
mine-empty = Du bist noch in keinem Spiel. Probier `/joingame` oder das Spieler-Panel.
mine-waiting = wartet auf die Spielleitung
pick-join = **Wo möchtest du mitspielen?**
pick-leave = **Welches Spiel möchtest du verlassen?**
pick-manage = **Welches Spiel möchtest du verwalten?**
pick-archive = **Welches Spiel möchtest du archivieren?**
pick-restore = **Welches Spiel möchtest du wiederherstellen?**
pick-delete = **Welches Spiel möchtest du löschen?**
pick-info = **Welches Spiel möchtest du ansehen?**
pick-none-join = Gerade gibt es kein Spiel, bei dem du mitspielen könntest.
pick-none-leave = Du bist in keinem Spiel.
pick-none-manage = Es gibt kein Spiel, das du verwalten könntest.
pick-none-archive = Es gibt kein aktives Spiel zum Archivieren.
pick-none-restore = Es gibt kein archiviertes Spiel.
pick-none-delete = Es gibt kein Spiel zum Löschen.
pick-none-info = Hier gibt es noch keine Spiele.
pick-placeholder = Spiel auswählen …
pick-hint = -# Bei vielen Spielen geht Tippen schneller: `/game` und `/joingame` schlagen Namen vor.

## Ein Spiel

info-seats = **Spieler:** { $text }
info-admission = **Beitritt:** { $text }
info-visibility = **Kanäle:** { $text }
info-channels = **Wo:** { $text }
info-roles = **Rollen:** { $text }
info-admins = **Spielleitung:** { $text }
info-phase = **Stand:** { $text }
info-colour = **Farbe:** { $text }
info-made = -# Angelegt von { $person } { $when } · #{ $id }
members-title = ## { $title } · Mitglieder
members-empty = Bei diesem Spiel ist noch niemand dabei.
members-requests = **Warten auf Aufnahme**
members-seated = **Dabei**
members-line = { $person } · seit { $when }
members-admin = 🛡️ { $person } · Spielleitung, seit { $when }
members-away = { $person } · nicht mehr auf dem Server; der Platz bleibt reserviert
members-request = { $person } · angefragt { $when }
members-page = -# Seite { $page } von { $pages } · { $n ->
    [one] 1 Mitglied
   *[other] { $n } Mitglieder
}
members-remove = Jemanden aus dem Spiel nehmen …

## Ein Spiel anlegen

modal-simple-title = Neues Spiel
modal-advanced-title = Neues Spiel, Schritt für Schritt
modal-edit-title = Spiel bearbeiten
modal-delete-title = Spiel endgültig löschen
field-name = Name
field-name-hint = 1 bis 80 Zeichen. Alle sehen ihn.
field-name-example = Schach am Freitag
field-emoji = Emoji
field-emoji-hint = Ein Emoji, gern ein eigenes dieses Servers. Darf leer bleiben.
field-emoji-example = ♟️
field-description = Worum geht es?
field-description-hint = Bis zu 300 Zeichen. Darf leer bleiben.
field-capacity = Plätze
field-capacity-hint = Eine Zahl von 1 bis 10000. Leer heißt unbegrenzt.
field-colour = Farbe
field-colour-hint = Zum Beispiel #5865F2 oder „red“. Leer heißt keine Farbe.
field-confirm = Namen eintippen, um zu löschen
field-confirm-hint = Rollen, Kanäle und alle Nachrichten darin verschwinden. Es gibt kein Zurück.
form-title = ## Neues Spiel: { $title }
form-intro = Wähl aus, wie es laufen soll, und sieh dir dann den Plan an. Noch wird nichts angelegt.
form-admission = Wer darf mitspielen?
form-visibility = Wer sieht die Kanäle?
form-channels = Welche Textkanäle?
form-voice = Wie viele Sprachkanäle?
form-admins = Weitere Spielleiter (du bist es schon)
option-open = Offen
option-open-hint = Wer mag, ist sofort dabei
option-approval = Mit Freigabe
option-approval-hint = Die Spielleitung nimmt Leute auf
option-everyone = Alle dürfen zuschauen
option-everyone-hint = Alle sehen die Kanäle, Spieler machen mit
option-members = Nur Spieler
option-members-hint = Nur Spieler und Spielleitung sehen die Kanäle
option-chat = Chat
option-chat-hint = Ein Textkanal zum Reden
option-announcements = Ankündigungen
option-announcements-hint = Hier schreibt nur die Spielleitung
option-lfg = Mitspielersuche
option-lfg-hint = Ein Textkanal, um Mitspieler zu finden
option-forum = Forum
option-forum-hint = Themen, jedes mit eigenem Thread
option-voice = { $n ->
    [one] 1 Sprachkanal
   *[other] { $n } Sprachkanäle
}
preview-title = ## Der Plan: { $title }
preview-intro = Das werde ich tun:
preview-nothing = Auf Discord ist nichts zu tun.
preview-steps-more = … und { $n ->
    [one] 1 weiterer Schritt
   *[other] { $n } weitere Schritte
}
preview-room = -# Noch frei auf diesem Server: { $roles } Rollen, { $channels } Kanäle.
preview-fits = -# Danach { $fits ->
    [0] passt kein weiteres Spiel dieser Art mehr.
    [one] passt noch 1 Spiel dieser Art.
   *[other] passen noch { $fits } Spiele dieser Art.
}
preview-blocked = Das kann noch nicht losgehen:

## Ein Spiel verwalten

manage-title = ## Verwalten: { $title }
manage-intro = Was du hier auswählst, gilt sofort.
manage-archived = Dieses Spiel ist archiviert: Man kann nur lesen, die Plätze bleiben. Stell es wieder her, um es zu ändern.
manage-admins = Spielleitung
manage-admins-many = -# Dieses Spiel hat mehr als 25 Spielleiter. Nimm `/game admin-add` und `/game admin-remove`.
archive-title = ## { $title } archivieren?
archive-intro = Man kann dann nur noch lesen, und das Spiel rückt aus dem Weg. { $seats ->
    [0] Niemand hat einen Platz.
    [one] Der eine Platz bleibt erhalten.
   *[other] Alle { $seats } Plätze bleiben erhalten.
} Du kannst es jederzeit wiederherstellen.
archive-release = **Archivieren und Kanäle freigeben** löscht auch die Kanäle **mit allen Nachrichten**, um Platz zu schaffen. Beim Wiederherstellen entstehen neue, leere.
restore-title = ## { $title } wiederherstellen?
restore-intro = Das Spiel ist dann wieder aktiv, mit allen Plätzen.
restore-released = Seine Kanäle wurden freigegeben, deshalb entstehen neue, leere.
delete-title = ## { $title } löschen?
delete-intro = Rollen, Kanäle und **alle Nachrichten darin** verschwinden endgültig, { $seats ->
    [0] einen Platz hat niemand.
    [one] und eine Person verliert ihren Platz.
   *[other] und { $seats } Personen verlieren ihren Platz.
} Für eine Pause archiviere es lieber.
repair-title = ## { $title } reparieren?
repair-nothing = ✅ Auf Discord ist alles, wie es sein soll. Es gibt nichts zu reparieren.

## Anfragen

request-ask = 🙋 { $person } möchte bei **{ $title }** mitspielen.
request-ask-role = { $role } 🙋 { $person } möchte bei **{ $title }** mitspielen.
request-approved = ✅ { $person } ist dabei. { $by } hat zugestimmt.
request-declined = { $person } wurde diesmal nicht aufgenommen. Entschieden von { $by }.
request-removed = { $person } ist nicht mehr bei **{ $title }**. Entschieden von { $by }.

## Antworten

reply-stale = Dieser Knopf ist mir zu alt. Nimm bitte noch einmal das Panel oder den Befehl.
reply-busy = Bitte etwas langsamer: Versuch es in { $seconds ->
    [one] 1 Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
reply-starting = Ich wache gerade erst auf und kenne diesen Server noch nicht. Versuch es bitte in ein paar Sekunden noch einmal.
reply-fault = Entschuldige, bei mir ist etwas schiefgegangen. Du hast nichts falsch gemacht. Wenn es so bleibt, nenn einem Admin diese Nummer: `{ $reference }`
reply-database = Entschuldige, unsere Datenbank antwortet mir gerade nicht, deshalb ging das nicht. Es wurde nichts geändert, und du hast nichts falsch gemacht. Versuch es bitte in einer Minute noch einmal. Wenn es so bleibt, nenn einem Admin diese Nummer: `{ $reference }`
reply-database-unclear = Meine Datenbank ist gestört worden, während ich das aufgeschrieben habe. Bitte sieh nach, ob es getan ist, bevor du es noch einmal versuchst. Nummer: `{ $reference }`
reply-unavailable = Discord antwortet mir gerade nicht richtig. Versuch es bitte gleich noch einmal. Nummer: `{ $reference }`
reply-joined = 🎉 Du bist bei **{ $title }** dabei.
reply-joined-where = 🎉 Du bist bei **{ $title }** dabei. Wir sehen uns in { $channel }!
reply-requested = 📨 Deine Anfrage ist da. Jetzt entscheidet die Spielleitung von **{ $title }**.
reply-left = 👋 Du hast **{ $title }** verlassen.
reply-appointed = ✅ { $person } leitet jetzt **{ $title }**.
reply-dismissed = ✅ { $person } leitet **{ $title }** nicht mehr.
reply-saved = ✅ Gespeichert.
reply-cancelled = Abgebrochen. Es wurde nichts geändert.
reply-closed = Geschlossen.
reply-server-only = Ich arbeite nur auf einem Server.
work-bar = { $bar } { $done } von { $total }
work-step = -# { $step }
work-retry = ⏳ Gerade komme ich nicht weiter. Dein Auftrag ist notiert; ich versuche es von selbst wieder { $when }.
work-reason = -# { $reason }
work-begin = ⏳ Ich bin dran …
doing-created = **{ $title }** wird angelegt …
doing-edited = **{ $title }** wird geändert …
doing-archived = **{ $title }** wird archiviert …
doing-restored = **{ $title }** wird wiederhergestellt …
doing-deleted = **{ $title }** wird gelöscht …
doing-repaired = **{ $title }** wird repariert …
doing-other = **{ $title }** ist in Arbeit …
done-created = 🎉 **{ $title }** ist fertig.
done-edited = ✅ **{ $title }** ist geändert.
done-archived = 📦 **{ $title }** ist archiviert.
done-restored = 🟢 **{ $title }** ist wieder aktiv.
done-deleted-unnamed = 🗑️ Das Spiel ist gelöscht.
done-deleted = 🗑️ **{ $title }** ist gelöscht.
done-repaired = 🛠️ **{ $title }** ist wieder, wie es sein soll.
done-other = ✅ **{ $title }** ist auf dem neuesten Stand.
done-where = Hier findest du es: { $channels }
done-next = Mitspielen kann man über das Spieler-Panel oder mit `/joingame`.
stuck = ⚠️ **{ $title }** ist noch nicht fertig. Das steht im Weg:
stuck-next = -# Sobald es gelöst ist, mache ich von selbst weiter. Mit **Reparieren** sehe ich sofort nach.

## Versehen

mistake-name-empty = Ein Spiel braucht einen Namen.
mistake-name-long = Der Name hat { $n } Zeichen; erlaubt sind 80.
mistake-name-mention = Ein Name darf keine Erwähnungen wie @everyone und keine Kanal-Links enthalten.
mistake-name-invisible = Der Name enthält unsichtbare Zeichen oder Steuerzeichen. Tipp ihn bitte neu ein.
mistake-name-unreadable = Der Name braucht mindestens einen lesbaren Buchstaben, eine Ziffer oder ein Zeichen.
mistake-text-invisible = Der Text enthält unsichtbare Zeichen oder Steuerzeichen. Tipp ihn bitte neu ein.
mistake-text-mention = Der Text darf keine Erwähnungen wie @everyone und keine Kanal-Links enthalten.
mistake-text-long = Der Text hat { $is } Zeichen; erlaubt sind { $allowed }.
mistake-emoji = Das ist kein Emoji, das ich verwenden kann. Nimm eins wie 🎲 oder ein eigenes dieses Servers.
mistake-emoji-foreign = Dieses Emoji gehört zu einem anderen Server. Nimm ein eigenes dieses Servers oder ein Standard-Emoji.
mistake-colour = Das ist keine Farbe. Schreib sie wie #5865F2 oder als Namen wie „red“.
mistake-capacity = Plätze sind eine Zahl von 1 bis 10000; leer heißt unbegrenzt.
mistake-name-taken = Hier gibt es schon ein Spiel namens **{ $name }** oder eins, das genauso aussieht. Wähl bitte einen anderen Namen.
mistake-no-game = Dieses Spiel gibt es hier nicht. Nimm einen der Vorschläge.
mistake-full = { $n ->
    [one] Leider ist der einzige Platz belegt.
   *[other] Leider sind alle { $n } Plätze belegt.
}
mistake-already-in = Du bist bei diesem Spiel schon dabei.
mistake-already-asked = Du hast schon angefragt. Die Spielleitung entscheidet.
mistake-not-in = Du bist nicht in diesem Spiel.
mistake-nothing-to-decide = { $person } hat in diesem Spiel keine offene Anfrage und keinen Platz mehr.
mistake-archived = Dieses Spiel ist archiviert; ein Community-Admin kann es wiederherstellen.
mistake-not-archived = Dieses Spiel ist nicht archiviert.
mistake-no-change = So ist es schon; es wurde nichts geändert.
mistake-confirmation = Das ist nicht der Name des Spiels. Es wurde nichts gelöscht.
mistake-below-seated = { $n ->
    [one] 1 Person ist dabei
   *[other] { $n } Personen sind dabei
}; weniger Plätze kann es nicht geben.
mistake-no-room = Discords Grenzen lassen dieses Spiel nicht mehr zu: Hier sind noch { $roles } Rollen und { $channels } Kanäle frei. Archiviere ein Spiel und gib seine Kanäle frei, oder lösch eins.
mistake-not-ready = Ich kann hier noch nicht arbeiten. Bitte bring das in Ordnung:
mistake-draft = Dieses Formular ist zu alt. Fang bitte neu an; es dauert nur eine Minute.
mistake-empty-layout = Ein Spiel braucht mindestens einen Kanal.
mistake-many-admins = Auf einmal lassen sich höchstens { $n } Spielleiter benennen.
mistake-not-member = { $person } kann das Spiel nicht leiten: Das können nur Menschen, die auf diesem Server sind.

## Ablehnungen

refused-community = Nur Community-Admins können { $what }.
refused-game = Nur die Leitung dieses Spiels kann { $what }.
refused-player = Du kannst hier nicht { $what }.
action-dashboard = Panels einrichten
action-change-settings = die Einstellungen ändern
action-view-settings = die Einstellungen ansehen
action-create = Spiele anlegen
action-edit = dieses Spiel bearbeiten
action-appoint = Spielleiter benennen
action-archive = Spiele archivieren
action-restore = Spiele wiederherstellen
action-delete = Spiele löschen
action-repair = Spiele reparieren
action-seats = entscheiden, wer dabei ist
action-join = mitspielen
action-leave = Spiele verlassen
action-view = Spiele ansehen
action-view-audit = den Verlauf dieses Servers lesen
action-view-game-audit = den Verlauf dieses Spiels lesen

## Probleme eines Spiels

problem-permissions = Mir fehlen Berechtigungen: { $names }. Gib sie meiner Rolle in den Servereinstellungen.
problem-role-above = { $slot }: Sie steht über meiner eigenen Rolle. Zieh meine Rolle in den Servereinstellungen unter „Rollen“ darüber.
problem-roles-full = Es werden noch { $needed } Rollen gebraucht, aber von Discords 250 sind nur noch { $left } frei. Lösch Rollen oder Spiele, die du nicht mehr brauchst.
problem-channels-full = Es werden noch { $needed } Kanäle gebraucht, aber von Discords 500 sind nur noch { $left } frei. Archiviere ein Spiel und gib seine Kanäle frei, oder lösch Kanäle.
problem-category-full = In der Kategorie werden noch { $needed } Kanäle gebraucht, aber von 50 sind nur noch { $left } frei. Verschieb andere Kanäle aus ihr heraus.
problem-deleted = Von Hand gelöscht: { $slot }. Drück **Reparieren** (unter Verwalten), um das zurückzubekommen, oder ändere die Kanäle des Spiels.
problem-changed = Von Hand geändert: { $slot }. Drück **Reparieren** (unter Verwalten), um das zu richten.
problem-refused = Discord hat „{ $step }“ abgelehnt: { $message } (Code { $code }). Bring das in Ordnung und drück dann **Reparieren**.

## Schritte eines Plans

step-create-role = Rolle „{ $name }“ anlegen
step-update-role = { $slot } ändern: { $changes }
step-delete-role = { $slot } löschen
step-create-category = Kategorie „{ $name }“ anlegen
step-create-channel = { $kind } „{ $name }“ anlegen
step-update-channel = { $slot } ändern: { $changes }
step-set-overwrite = { $slot }: Berechtigungen setzen für { $principal }
step-delete-channel = { $slot } löschen, mit allem, was darin ist
step-place-down = Kategorie ganz nach unten schieben
step-place-up = Kategorie nach oben schieben, über das Archiv
step-grant = { $slot } an { $person } geben
step-revoke = { $slot } von { $person } nehmen
change-name = Name „{ $name }“
change-colour = Farbe { $colour }
change-mentionable = für alle erwähnbar
change-not-mentionable = nicht für alle erwähnbar
change-clear-permissions = keine serverweiten Berechtigungen
change-topic = neues Thema
change-no-topic = kein Thema
change-category = zurück in die Kategorie
change-permissions = Berechtigungen

## Was vor dem Posten eines Panels zu tun ist

check-title = ## Fast geschafft
check-intro = { $panel } in { $channel }: Bevor ich es posten kann, bring bitte das hier in Ordnung:
check-guild-permissions = Auf diesem Server fehlt mir: { $names }. → Servereinstellungen › Rollen › meine Rolle.
check-channel-permissions = In { $channel } fehlt mir: { $names }. → Kanal bearbeiten › Berechtigungen, und gib sie meiner Rolle.
check-role-low = Meine eigene Rolle { $bot } steht unter Rollen, um die ich mich kümmere: { $roles }. → Servereinstellungen › Rollen, und zieh meine darüber.
check-no-room = Discords Grenzen lassen hier kein Spiel mehr zu. → Lösch Rollen oder Kanäle, die du nicht mehr brauchst.
check-channel-unusable = In { $channel } kann ich nicht posten. → Nimm einen normalen Textkanal, den ich sehen kann.

## Verlauf

audit-title = ## Verlauf
audit-empty = Hier gibt es nichts zu zeigen.
audit-filter = -# Filter: { $text }
audit-filter-game = Spiel { $name }
audit-filter-person = { $person }
audit-kind-placeholder = Nur eine Art von Einträgen …
audit-person-placeholder = Nur von oder über eine Person …
audit-any = Alles
audit-change = { $before } → { $after }
audit-after = { $after }
audit-before = war { $before }
audit-reference = `{ $reference }`
outcome-pending = ⏳
outcome-done = ✅
outcome-failed = ❌
outcome-refused = 🚫
audit-kind-dashboard-set = Panel eingerichtet
audit-kind-settings-changed = Einstellungen geändert
audit-kind-game-created = Spiel angelegt
audit-kind-game-edited = Spiel bearbeitet
audit-kind-game-archived = Spiel archiviert
audit-kind-game-restored = Spiel wiederhergestellt
audit-kind-game-deleted = Spiel gelöscht
audit-kind-game-repaired = Spiel repariert
audit-kind-drift-repaired = Änderung von Hand gerichtet
audit-kind-drift-accepted = Änderung von Hand übernommen
audit-kind-left-alone = Nicht angerührt
audit-kind-seat-requested = Angefragt
audit-kind-seat-taken = Beigetreten
audit-kind-seat-left = Verlassen
audit-kind-seat-approved = Anfrage angenommen
audit-kind-seat-declined = Anfrage abgelehnt
audit-kind-seat-removed = Herausgenommen
audit-kind-admin-appointed = Spielleitung übertragen
audit-kind-admin-dismissed = Spielleitung entzogen
audit-kind-server-controlled = Server bedient
audit-kind-server-tied = Server zugeordnet
audit-kind-server-listed = Server hinzugefügt oder entfernt
audit-kind-server-alert = Server-Alarm
audit-kind-action-refused = Nicht erlaubt
audit-line-dashboard-set = { $actor } hat ein Panel eingerichtet
audit-line-settings-changed = { $actor } hat die Einstellungen geändert
audit-line-game-created = { $actor } hat **{ $game }** angelegt
audit-line-game-edited = { $actor } hat **{ $game }** bearbeitet
audit-line-game-archived = { $actor } hat **{ $game }** archiviert
audit-line-game-restored = { $actor } hat **{ $game }** wiederhergestellt
audit-line-game-deleted = { $actor } hat **{ $game }** gelöscht
audit-line-game-repaired = { $actor } hat **{ $game }** reparieren lassen
audit-line-drift-repaired = { $actor } hat bei **{ $game }** eine Änderung von Hand gerichtet
audit-line-drift-accepted = { $actor } hat bei **{ $game }** eine Änderung von Hand übernommen
audit-line-left-alone = { $actor } kann nicht sagen, ob das die eigene Arbeit für **{ $game }** ist, und lässt es in Ruhe. Löscht es, wenn es niemand braucht
audit-line-seat-requested = { $actor } hat bei **{ $game }** angefragt
audit-line-seat-taken = { $person } spielt jetzt bei **{ $game }** mit
audit-line-seat-left = { $person } hat **{ $game }** verlassen
audit-line-seat-approved = { $actor } hat { $person } bei **{ $game }** aufgenommen
audit-line-seat-declined = { $actor } hat { $person } bei **{ $game }** nicht aufgenommen
audit-line-seat-removed = { $actor } hat { $person } aus **{ $game }** genommen
audit-line-admin-appointed = { $actor } hat { $person } die Leitung von **{ $game }** gegeben
audit-line-admin-dismissed = { $actor } hat { $person } die Leitung von **{ $game }** genommen
audit-line-server-controlled = { $actor } hat einen Spielserver bedient
audit-line-server-tied = { $actor } hat einen Spielserver einem Spiel zugeordnet oder davon gelöst
audit-line-server-listed = { $actor } hat einen Spielserver hinzugefügt oder entfernt
audit-line-server-alert = { $actor } sieht, dass ein Spielserver einen Blick braucht oder wieder da ist
audit-line-action-refused = { $actor } durfte das nicht: { $what }
audit-line-action-refused-game = { $actor } durfte das bei **{ $game }** nicht: { $what }
action-unknown = etwas anderes

## Einstellungen

settings-title = ## Einstellungen
settings-roles = **Admin-Rollen** · neben allen mit „Server verwalten“: { $roles }
settings-log = **Log-Kanal** · jede Aktion als Zeile: { $channel }
settings-log-none = keiner
settings-layout = **Standardkanäle** · was **Neues Spiel** anlegt: { $layout }
settings-drift = **Änderungen von Hand** · wenn jemand Rollen oder Kanäle eines Spiels ändert: { $policy }
settings-roles-placeholder = Admin-Rollen …
settings-log-placeholder = Log-Kanal …
settings-channels-placeholder = Textkanäle neuer Spiele …
settings-voice-placeholder = Sprachkanäle neuer Spiele …
settings-drift-placeholder = Änderungen von Hand …
settings-many-roles = -# Es gibt mehr als 25 Admin-Rollen. Nimm `/settings admin-role`.
drift-repair = Zurücksetzen
drift-repair-hint = Ich stelle her, was geändert oder gelöscht wurde
drift-accept = Übernehmen
drift-accept-hint = Was du von Hand änderst, gilt ab dann
drift-ask = Nachfragen
drift-ask-hint = Ich zeige ein Problem und warte auf „Reparieren“

## Hilfe

help-title = ## Gamekeeper
help-intro = Ich kümmere mich um die Spiele dieses Servers: Jedes hat seine Rolle und seine Kanäle, und mitspielen kannst du mit einem Klick.
help-player = **Für alle**
    `/joingame` und `/leavegame` · mitspielen oder ein Spiel verlassen
    `/mygames` · die Spiele, bei denen du dabei bist
    `/game list`, `/game info`, `/game members` · umschauen
help-game-admin = **Für die Spielleitung** (in deinen eigenen Spielen)
    `/game edit` · Name, Texte, Plätze, Kanäle
    `/game approve`, `/game decline`, `/game remove` · entscheiden, wer dabei ist
help-community-admin = **Für Community-Admins**
    `/setupdashboard` · das Admin- oder Spieler-Panel posten
    `/game create` und `/game advanced` · ein Spiel anlegen
    `/game archive`, `/game restore`, `/game delete`, `/game repair`
    `/game admin-add` und `/game admin-remove` · wer ein Spiel leitet
    `/settings` und `/audit` · wie ich arbeite und wer was getan hat

## Befehle (je höchstens 100 Zeichen)

command-setupdashboard = Das Panel für Admins oder Spieler posten oder hierher holen
command-setupdashboard-channel = Wohin; ohne Angabe hierher
command-setupdashboard-kind = Welches Panel; ohne Angabe das für Spieler
command-joingame = Bei einem Spiel mitspielen
command-leavegame = Ein Spiel verlassen
command-game = Spiele anlegen, ändern und ansehen
command-game-create = Ein Spiel mit den Standardkanälen anlegen
command-game-create-name = Der Name; ohne ihn öffnet sich ein Formular
command-game-create-emoji = Ein Emoji dazu
command-game-advanced = Ein Spiel Schritt für Schritt anlegen und vorher den Plan sehen
command-game-edit = Ein Spiel ändern: Name, Texte, Plätze, Kanäle
command-game-archive = Ein Spiel nur noch lesbar machen und aus dem Weg räumen
command-game-archive-free = Auch die Kanäle mit ihren Nachrichten löschen, um Platz zu schaffen
command-game-restore = Ein archiviertes Spiel zurückholen
command-game-delete = Ein Spiel mit Rollen und Kanälen löschen
command-game-info = Ein Spiel ansehen
command-game-list = Alle Spiele ansehen
command-game-members = Sehen, wer bei einem Spiel dabei ist
command-game-repair = Ein Spiel mit Discord vergleichen und richten
command-game-admin-add = Jemandem die Leitung eines Spiels geben
command-game-admin-remove = Jemandem die Leitung eines Spiels nehmen
command-game-approve = Jemanden aufnehmen, der angefragt hat
command-game-decline = Jemanden ablehnen, der angefragt hat
command-game-remove = Jemanden aus einem Spiel nehmen
command-settings = Wie Gamekeeper auf diesem Server arbeitet
command-settings-view = Die Einstellungen ansehen
command-settings-admin-role = Rollen, deren Mitglieder Community-Admins sind
command-settings-admin-role-add = Eine Rolle zur Admin-Rolle machen
command-settings-admin-role-remove = Eine Rolle ist keine Admin-Rolle mehr
command-settings-log-channel = Wo jede Aktion als Zeile steht
command-settings-log-channel-channel = Der Kanal; ohne Angabe keiner
command-settings-default-layout = Welche Kanäle neue Spiele bekommen
command-settings-default-layout-chat = Ein Chatkanal
command-settings-default-layout-announcements = Ein Kanal, in dem nur die Spielleitung schreibt
command-settings-default-layout-looking-for-group = Ein Kanal zur Mitspielersuche
command-settings-default-layout-forum = Ein Forum
command-settings-default-layout-voice = Wie viele Sprachkanäle
command-settings-drift-policy = Was ich tue, wenn jemand ein Spiel von Hand ändert
command-settings-drift-policy-policy = Was zu tun ist
command-audit = Wer was getan hat
command-audit-person = Nur von oder über diese Person
command-audit-action = Nur diese Art von Aktion
command-mygames = Die Spiele, bei denen du dabei bist
command-help = Was ich für dich tun kann
command-option-game = Fang an, den Namen zu tippen
command-option-person = Die Person
command-option-role = Die Rolle

## Spielserver

server-online = online
server-starting = startet
server-stopping = fährt herunter
server-sleeping = schläft
server-updating = wird aktualisiert
server-offline = offline
server-crashed = abgestürzt
server-suspended = gesperrt
server-unknown = unbekannt
server-list-title = ## Spielserver
server-list-empty = Hier gibt es keinen Spielserver, den du sehen kannst.
server-list-more = -# … und { $n } weitere. Tippe bei /server status einen Namen, um einen zu finden.
server-players = { $n } { $n ->
    [one] Spieler
   *[other] Spieler
}
server-players-of = { $n } von { $max } Spielern
server-state-since = **{ $state }** · { $since }
server-address = Adresse: { $address }
server-game = Spiel: **{ $game }**
server-map = Karte: { $map }
server-version = Version: { $version }
server-fresh = -# Zuletzt gesehen { $when }
server-working = ⏳ Ich bin dran: { $what } …
server-done = ✅ Erledigt: { $what }.
server-failed = ❌ Das hat nicht geklappt: { $what }. Das Panel weiß mehr.
server-under-way = ⏳ Noch unterwegs: { $what }. Sieh gleich noch einmal nach.
server-confirm = **{ $name }**: { $what }?
server-confirm-players = { $n ->
    [one] Dort spielt gerade jemand.
   *[other] Dort spielen gerade { $n } Leute.
}
server-tied = ✅ **{ $name }** gehört jetzt zu **{ $game }**.
server-untied = ✅ **{ $name }** gehört zu keinem Spiel mehr.
server-backup = ✅ **{ $name }**: Das Panel macht eine Sicherung.
server-console-title = ## Konsole von { $name }
server-console-empty = Sie hat zuletzt nichts gesagt.
server-card-placed = ✅ Die Live-Nachricht von **{ $name }** steht gleich in { $channel }.
server-card-gone = Diesen Spielserver gibt es nicht mehr.
server-card-removed = ✅ Die Live-Nachrichten von **{ $name }** werden weggenommen.
server-alerts-title = ## Meldungen von { $name }
server-alerts-channel = Sie gehen nach { $channel }, neben Verlauf und Protokollkanal.
server-alerts-nowhere = Sie gehen nur in den Verlauf und den Protokollkanal. Wähl mit /server alerts einen Kanal.
server-alerts-players = Wenn { $n } spielen, wird das auch gemeldet.
server-alerts-no-players = Wie viele spielen, wird nicht gemeldet.
server-alerts-muted = Still bis { $when }.
server-alert-crashed = 🔴 **{ $name }** ist abgestürzt
server-alert-offline = ⚫ **{ $name }** läuft nicht mehr, und bei mir hat das niemand verlangt
server-alert-unreachable = ❔ **{ $name }** antwortet mir nicht mehr
server-alert-back-soon = 🟢 **{ $name }** ist nach weniger als einer Minute zurück
server-alert-back = 🟢 **{ $name }** ist nach { $n } { $n ->
    [one] Minute
   *[other] Minuten
} zurück
server-alert-players = 👥 **{ $name }**: { $n } Spieler
server-rights-title = ## Wer was mit { $name } tun darf
server-rights-intro = Community-Admins dürfen alles; die Admins des Spiels dürfen den Server starten und neu starten. Wähl eine Rolle, um ihr mehr zu geben.
server-rights-none = Noch hat keine Rolle etwas bekommen.
server-rights-more = -# … und { $n } weitere Rollen.
server-rights-role = Wähl eine Rolle
server-rights-actions = Was diese Rolle tun darf
info-servers = **Server**
button-server = Server
button-server-console = Konsole
button-server-backup = Sichern
button-server-update = Aktualisieren …
button-server-rights = Rechte
button-server-type = Zeile tippen
button-server-details = Mehr
modal-console-title = Konsole von { $name }
field-line = Die Zeile
field-line-hint = Sie wird gesendet, wie sie da steht, und steht im Verlauf.
mistake-console-empty = Da ist nichts zu senden.
mistake-console-control = Eine Konsole nimmt eine Zeile auf einmal, ohne Umbrüche.
mistake-console-long = Das sind { $is } Zeichen; eine Konsole nimmt höchstens { $allowed }.
server-added = ✅ **{ $name }** wird ab jetzt beobachtet.
server-added-silent = Er antwortet noch nicht. Prüfe Adresse und Art, falls er laufen sollte.
server-added-refused = Unter dieser Adresse lauscht gerade nichts. Prüfe sie, falls der Server laufen sollte.
server-added-odd = Dort antwortet etwas, aber nicht so wie ein Server dieser Art. Prüfe Art und Port.
server-remove-confirm = **{ $name }** nicht mehr beobachten? Auch sein Spiel verliert ihn dann.
server-removed = ✅ **{ $name }** wird nicht mehr beobachtet.
button-server-remove = Ja, entfernen
server-kind-minecraft-java = Minecraft: Java Edition
server-kind-minecraft-bedrock = Minecraft: Bedrock Edition
server-kind-valve = Steam (A2S von Valve: Counter-Strike, Rust, ARK, Valheim …)
mistake-only-watched = Dieser Server wird nur beobachtet: Er hat kein Panel, das das tun könnte.
mistake-server-on-panel = Dieser Server ist auf einem Panel. Er verschwindet hier, wenn er dort verschwindet.
mistake-address = Das ist keine Adresse. Schreib einen Namen oder eine IP-Adresse, und den Port, wenn er nicht der übliche ist, etwa play.example.org:25565.
mistake-port = Das ist kein Port. Hinter den Doppelpunkt gehört eine Zahl von 1 bis 65535.
mistake-not-public = Diese Adresse gehört nicht zum öffentlichen Internet, deshalb frage ich dort nicht. Wer den Bot betreibt, kann Adressen des eigenen Netzes erlauben.
mistake-no-host = Einen Rechner mit diesem Namen kennt niemand. Prüfe die Schreibweise.
mistake-server-there = Genau dieser Server wird schon beobachtet, als **{ $name }**.
mistake-many-servers = Hier werden schon { $n } Server über ihre Adresse beobachtet. Mehr passen nicht; entferne erst einen.
command-server-add = Einen Server über seine Adresse beobachten
command-server-add-name = Wie er hier heißt
command-server-add-kind = Was er spricht
command-server-add-address = Wo er ist, etwa play.example.org oder 198.51.100.7:27015
command-server-remove = Einen Server nicht mehr beobachten
button-server-start = Starten
button-server-stop = Stoppen …
button-server-restart = Neu starten …
button-server-yes = Ja, tu es
action-server-status = diesen Server sehen
action-server-start = den Server starten
action-server-stop = den Server stoppen
action-server-restart = den Server neu starten
action-server-kill = den Server sofort beenden
action-server-update = den Server aktualisieren
action-server-console = die Konsole des Servers benutzen
action-server-backup = den Server sichern
action-server-manage = Spielserver verwalten
refused-server = Du darfst nicht: { $what }. Frag einen Community-Admin.
mistake-no-server = So einen Spielserver kenne ich hier nicht.
mistake-server-ambiguous = So heißen mehrere Spielserver. Wähle einen von denen, die beim Tippen vorgeschlagen werden, oder schreib stattdessen seine Nummer: { $ids }.
mistake-server-already = Der Server ist schon so weit ({ $state }).
mistake-server-down = Der Server läuft nicht. Starte ihn stattdessen.
mistake-server-busy = Gerade hat jemand etwas verlangt, das noch nicht fertig ist.
mistake-server-suspended = Der Server ist gesperrt. Das kann nur ändern, wer das Panel betreibt.
panel-denied = Das Panel lässt mich das nicht tun. Wer es betreibt, muss meinem Benutzer das Recht geben.
panel-refused = Das Panel hat abgelehnt. Der Grund steht im Protokoll.
panel-daemon-down = Die Instanz des Servers läuft auf dem Panel nicht.
panel-login = Das Panel lässt mich nicht hinein. Wer den Bot betreibt, muss danach sehen.
panel-away = Das Panel antwortet mir gerade nicht. Vielleicht ist dein Wunsch trotzdem angekommen: Sieh gleich bei /server status nach.
command-server = Spielserver
command-server-list = Alle Spielserver, die du sehen kannst
command-server-status = Was ein Server tut und wer spielt
command-server-start = Einen Server starten
command-server-stop = Einen Server stoppen
command-server-restart = Einen Server stoppen und starten
command-server-kill = Einen Server sofort beenden, was immer er tut
command-server-update = Das Spiel auf einem Server aktualisieren
command-server-backup = Einen Server sichern
command-server-console = Die Konsole eines Servers lesen oder eine Zeile eintippen
command-server-console-line = Die Zeile; lass sie weg, um nur zu lesen
command-server-panel = Die Live-Nachricht eines Servers in einen Kanal stellen
command-server-panel-channel = Wohin; hierher, wenn du es weglässt
command-server-panel-remove = Die Live-Nachrichten stattdessen wegnehmen
command-server-alerts = Wohin die Meldungen eines Servers gehen und welche
command-server-alerts-channel = Der Kanal für seine Meldungen
command-server-alerts-players = Melden, wenn so viele spielen; 0 für nie
command-server-alerts-mute = So viele Stunden still sein; 0 beendet das
command-server-alerts-off = Nirgends hin außer in den Verlauf
command-server-rights = Was Rollen mit einem Server tun dürfen
command-server-rights-role = Die Rolle, um die es geht
command-server-link = Sagen, zu welchem Spiel ein Server gehört
command-server-unlink = Ein Server gehört zu keinem Spiel mehr
command-option-server = Fang an, seinen Namen zu tippen

## Der Verlauf eines Servers

history-day = 24 Stunden
history-week = 7 Tage
history-month = 30 Tage
history-nothing = In dieser Zeit wurde von diesem Server nichts gesehen.
button-server-history = Verlauf
button-server-status = Status
command-server-history = Spieler und Verfügbarkeit als Bild
command-server-history-span = Wie weit zurück; ohne Angabe 24 Stunden
chart-day = letzte 24 Stunden
chart-week = letzte 7 Tage
chart-month = letzte 30 Tage
chart-uptime = verfügbar
chart-mean = im Mittel
chart-peak = höchstens
chart-average = Spieler im Mittel
chart-maximum = höchstens
chart-capacity = Plätze: { $number }
chart-changing = startet, stoppt, aktualisiert
chart-no-players = Für diese Zeit sind keine Spielerzahlen bekannt
chart-weekdays = Mo, Di, Mi, Do, Fr, Sa, So
chart-months = Jan., Feb., März, Apr., Mai, Juni, Juli, Aug., Sep., Okt., Nov., Dez.
chart-weekday = { $weekday } { $day }.
chart-date = { $day }. { $month }
chart-percent = { $number } %
chart-decimal = ,
chart-description = { $title }: Spieler, { $span } ({ $from } bis { $to }, UTC). Zu { $uptime } verfügbar; im Mittel { $mean } Spieler, höchstens { $peak }.
chart-nothing = { $title }: nichts bekannt, { $span } ({ $from } bis { $to }, UTC).
