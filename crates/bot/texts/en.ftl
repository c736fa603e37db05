# All texts of Gamekeeper in English. `de.ftl` has the same keys with the same placeholders; a
# test checks that. Names that people chose arrive here already escaped for Markdown.

## Words for things

slot-player-role = player role
slot-admin-role = game-admin role
slot-category = category
slot-announcements = announcements channel
slot-chat = chat channel
slot-looking-for-group = looking-for-group channel
slot-forum = forum
slot-voice = voice channel { $n }
principal-everyone = everyone
principal-bot = the bot
principal-role = { $slot }
kind-text = text channel
kind-voice = voice channel
kind-announcement = announcement channel
kind-forum = forum
kind-other = channel
colour-none = no colour
panel-kind-admin = admin panel
panel-kind-player = player panel
and-more = … and { $n } more
nobody = nobody
none-word = none
the-bot = Gamekeeper
separator-list = { ", " }

## Permissions, as Discord's own settings call them

permission-view-channel = View Channels
permission-send-messages = Send Messages
permission-embed-links = Embed Links
permission-read-history = Read Message History
permission-connect = Connect
permission-manage-channels = Manage Channels
permission-manage-roles = Manage Roles
permission-add-reactions = Add Reactions
permission-stream = Video
permission-attach-files = Attach Files
permission-speak = Speak
permission-voice-activity = Use Voice Activity
permission-app-commands = Use Application Commands
permission-manage-threads = Manage Threads
permission-create-threads = Create Public Threads
permission-thread-messages = Send Messages in Threads
permission-pin-messages = Pin Messages
permission-audit-log = View Audit Log
permission-manage-messages = Manage Messages
permission-mention-everyone = Mention Everyone and All Roles
permission-mute = Mute Members
permission-deafen = Deafen Members
permission-move = Move Members

## Buttons

button-create-simple = New game
button-create-advanced = New game, step by step
button-manage = Manage
button-archive = Archive
button-archive-release = Archive and free the channels
button-restore = Restore
button-delete = Delete
button-delete-type = Delete for good …
button-refresh = Refresh
button-show-all = Show all
button-join = Join
button-leave = Leave
button-my-games = My games
button-members = Members
button-info = Info
button-audit = History
button-help = Help
button-settings = Settings
button-previous = Back
button-next = Next
button-newest = Newest
button-clear-filter = No filter
button-close = Close
button-cancel = Cancel
button-back = Back
button-preview = Show the plan
button-confirm-create = Create the game
button-edit-words = Edit texts
button-repair = Repair
button-approve = Let in
button-decline = Decline
button-repost-admin = Post the admin panel again
button-repost-player = Post the player panel again
button-check-again = Check again

## Panels

admin-title = ## 🎛️ Games · admin panel
admin-counts = **{ $active }** in use · **{ $archived }** archived · { $players ->
    [one] 1 seat
   *[other] { $players } seats
} taken
admin-room = { $fits ->
    [0] ⛔ No room for another game under Discord’s limits ({ $roles } roles and { $channels } channels left).
    [one] Room for **1** more game ({ $roles } roles and { $channels } channels left).
   *[other] Room for **{ $fits }** more games ({ $roles } roles and { $channels } channels left).
}
admin-empty = No games yet. Press **New game** to make the first one.
admin-more = -# … and { $n ->
    [one] 1 more game
   *[other] { $n } more games
}. **Show all** lists them.
admin-lost-admin = ⚠️ The admin panel’s message is gone.
admin-lost-player = ⚠️ The player panel’s message is gone. Players cannot see it until you post it again.
admin-log-gone = ⚠️ The log channel is gone. Choose another one under **Settings**; its lines wait for a week, and **History** has them all.
admin-log-closed = ⚠️ I may not write in the log channel. Let me in there, or choose another one under **Settings**; its lines wait for a week, and **History** has them all.
log-missed = -# { $n ->
    [one] 1 line was
   *[other] { $n } lines were
} too old to be posted here once there was a channel again. **History** has them.
player-title = ## 🎲 Games
player-intro = Pick a game to join. Its role and channels appear at once, or as soon as a game admin has let you in.
player-empty = There are no games to join right now. Come back soon!
player-more = -# … and { $n ->
    [one] 1 more game
   *[other] { $n } more games
}. Press **Join** to see them all.
player-select = Join a game …
panel-posted-admin = ✅ The admin panel is in { $channel } now.
panel-posted-player = ✅ The player panel is in { $channel } now.
panel-lost-admin = ⚠️ The **admin panel** is gone: its message or channel was deleted. A community admin can post it again.
panel-lost-player = ⚠️ The **player panel** is gone: its message or channel was deleted. A community admin can post it again.

## Marks and short facts of a game

mark-active = 🟢
mark-archived = 📦
mark-deleting = 🗑️
mark-problem = ⚠️
seats-open = { $n ->
    [0] nobody in yet
    [one] 1 player
   *[other] { $n } players
}
seats-limited = { $n } of { $capacity } seats
seats-full = { $capacity ->
    [one] full (1 seat)
   *[other] full ({ $capacity } seats)
}
seats-requested = { $n ->
    [one] 1 request
   *[other] { $n } requests
}
admission-open = open to all
admission-approval = by approval
visibility-everyone = everyone can look in
visibility-members = only players can see it
phase-active = in use
phase-archived = archived
phase-archived-released = archived, channels freed
phase-deleting = being deleted
work-steps = ⏳ { $done }/{ $total }
work-waiting = ⏳ waiting, next try { $when }
capacity-none = no limit
capacity-seats = { $n ->
    [one] 1 seat
   *[other] { $n } seats
}
seat-seated = you are in
seat-requested = your request is open

## Lists and pickers

list-title = ## All games
list-empty = There are no games here yet.
list-select = Show a game …
page-of = -# Page { $page } of { $pages } · { $total } games
mine-title = ## My games
mine-empty = You are not in any game yet. Try `/joingame` or the player panel.
mine-waiting = waiting for a game admin
pick-join = **Which game do you want to join?**
pick-leave = **Which game do you want to leave?**
pick-manage = **Which game do you want to manage?**
pick-archive = **Which game do you want to archive?**
pick-restore = **Which game do you want to restore?**
pick-delete = **Which game do you want to delete?**
pick-info = **Which game do you want to see?**
pick-none-join = There is no game you could join right now.
pick-none-leave = You are not in any game.
pick-none-manage = There is no game for you to manage.
pick-none-archive = There is no game in use that could be archived.
pick-none-restore = There is no archived game.
pick-none-delete = There is no game to delete.
pick-none-info = There are no games here yet.
pick-placeholder = Pick a game …
pick-hint = -# With many games it is quicker to type: `/game` and `/joingame` suggest names.

## One game

info-seats = **Players:** { $text }
info-admission = **Joining:** { $text }
info-visibility = **Channels:** { $text }
info-channels = **Where:** { $text }
info-roles = **Roles:** { $text }
info-admins = **Game admins:** { $text }
info-phase = **State:** { $text }
info-colour = **Colour:** { $text }
info-made = -# Made by { $person } { $when } · #{ $id }
members-title = ## { $title } · members
members-empty = Nobody is in this game yet.
members-requests = **Waiting to be let in**
members-seated = **In the game**
members-line = { $person } · since { $when }
members-admin = 🛡️ { $person } · game admin, since { $when }
members-away = { $person } · has left the server; the seat is kept
members-request = { $person } · asked { $when }
members-page = -# Page { $page } of { $pages } · { $n ->
    [one] 1 member
   *[other] { $n } members
}
members-remove = Take somebody out of the game …

## Making a game

modal-simple-title = New game
modal-advanced-title = New game, step by step
modal-edit-title = Edit the game
modal-delete-title = Delete the game for good
field-name = Name
field-name-hint = 1 to 80 characters. Everyone will see it.
field-name-example = Friday Chess
field-emoji = Emoji
field-emoji-hint = One emoji, or one of this server’s own. May stay empty.
field-emoji-example = ♟️
field-description = What is it about?
field-description-hint = Up to 300 characters. May stay empty.
field-capacity = Seats
field-capacity-hint = A number from 1 to 10000. Empty is no limit.
field-colour = Colour
field-colour-hint = Like #5865F2 or “red”. Empty is no colour.
field-confirm = Type the name to delete the game
field-confirm-hint = Roles, channels and all messages in them go. There is no way back.
form-title = ## New game: { $title }
form-intro = Choose how it works, then look at the plan. Nothing is made yet.
form-admission = Who may join?
form-visibility = Who can see the channels?
form-channels = Which text channels?
form-voice = How many voice channels?
form-admins = Extra game admins (you are one)
option-open = Open
option-open-hint = Whoever wants to can join at once
option-approval = By approval
option-approval-hint = A game admin lets people in
option-everyone = Everyone can look in
option-everyone-hint = Everyone sees the channels, players take part
option-members = Players only
option-members-hint = Only players and game admins see the channels
option-chat = Chat
option-chat-hint = A text channel to talk
option-announcements = Announcements
option-announcements-hint = Only game admins write here
option-lfg = Looking for group
option-lfg-hint = A text channel to find company
option-forum = Forum
option-forum-hint = Topics, each with its own thread
option-voice = { $n ->
    [one] 1 voice channel
   *[other] { $n } voice channels
}
preview-title = ## The plan: { $title }
preview-intro = This is what I will do:
preview-nothing = Nothing has to be done on Discord.
preview-steps-more = … and { $n ->
    [one] 1 more step
   *[other] { $n } more steps
}
preview-room = -# Room left on this server: { $roles } roles, { $channels } channels.
preview-fits = -# After this, { $fits ->
    [0] no more games of this kind fit.
    [one] 1 more game of this kind fits.
   *[other] { $fits } more games of this kind fit.
}
preview-blocked = This cannot start yet:

## Managing a game

manage-title = ## Manage: { $title }
manage-intro = What you choose here takes effect at once.
manage-archived = This game is archived: read-only, seats kept. Restore it to change it.
manage-admins = Game admins
manage-admins-many = -# This game has more than 25 admins. Use `/game admin-add` and `/game admin-remove`.
archive-title = ## Archive { $title }?
archive-intro = The game becomes read-only and moves out of the way. { $seats ->
    [0] Nobody has a seat.
    [one] The one seat is kept.
   *[other] All { $seats } seats are kept.
} You can restore it at any time.
archive-release = **Archive and free the channels** also deletes its channels **with all their messages**, to make room. Restoring then makes new, empty ones.
restore-title = ## Restore { $title }?
restore-intro = The game comes back into use with all its seats.
restore-released = Its channels were freed, so new, empty ones are made.
delete-title = ## Delete { $title }?
delete-intro = Roles, channels and **all messages in them** go for good, { $seats ->
    [0] and nobody has a seat.
    [one] and one person loses the seat.
   *[other] and { $seats } people lose their seats.
} To take a break, archive it instead.
repair-title = ## Repair { $title }?
repair-nothing = ✅ Everything on Discord is as it should be. There is nothing to repair.

## Requests to join

request-ask = 🙋 { $person } would like to join **{ $title }**.
request-ask-role = { $role } 🙋 { $person } would like to join **{ $title }**.
request-approved = ✅ { $person } is in. { $by } said yes.
request-declined = { $person } was not let in this time. Decided by { $by }.
request-removed = { $person } is out of **{ $title }**. Decided by { $by }.

## Replies

reply-stale = This button is too old for me. Please use the panel or the command again.
reply-busy = Slow down a little, please: try again in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
reply-starting = I am waking up and do not know this server yet. Please try again in a few seconds.
reply-fault = Sorry, something went wrong on my side. Nothing you did was wrong. If it stays like this, tell an admin this reference: `{ $reference }`
reply-database = Sorry, our database does not answer me right now, so I could not do this. Nothing was changed, and nothing you did was wrong. Please try again in a minute. If it stays like this, tell an admin this reference: `{ $reference }`
reply-database-unclear = My database broke down just as I was writing this down. Please look whether it was done before you try again. Reference: `{ $reference }`
reply-unavailable = Discord does not answer me well right now. Please try again in a moment. Reference: `{ $reference }`
reply-joined = 🎉 You are in **{ $title }**.
reply-joined-where = 🎉 You are in **{ $title }**. See you in { $channel }!
reply-requested = 📨 A game admin of **{ $title }** decides now. I have passed your request on.
reply-left = 👋 You have left **{ $title }**.
reply-appointed = ✅ { $person } is a game admin of **{ $title }** now.
reply-dismissed = ✅ { $person } is no longer a game admin of **{ $title }**.
reply-saved = ✅ Saved.
reply-cancelled = Cancelled. Nothing was changed.
reply-closed = Closed.
reply-server-only = I only work inside a server.
work-bar = { $bar } { $done } of { $total }
work-step = -# { $step }
work-retry = ⏳ I cannot go on right now. What you asked for is kept; I try again by myself { $when }.
work-reason = -# { $reason }
work-begin = ⏳ I am on it …
doing-created = Making **{ $title }** …
doing-edited = Changing **{ $title }** …
doing-archived = Archiving **{ $title }** …
doing-restored = Restoring **{ $title }** …
doing-deleted = Deleting **{ $title }** …
doing-repaired = Repairing **{ $title }** …
doing-other = Working on **{ $title }** …
done-created = 🎉 **{ $title }** is ready.
done-edited = ✅ **{ $title }** is changed.
done-archived = 📦 **{ $title }** is archived.
done-restored = 🟢 **{ $title }** is back in use.
done-deleted-unnamed = 🗑️ The game is gone.
done-deleted = 🗑️ **{ $title }** is gone.
done-repaired = 🛠️ **{ $title }** is as it should be.
done-other = ✅ **{ $title }** is up to date.
done-where = Find it here: { $channels }
done-next = Players join by the player panel or `/joingame`.
stuck = ⚠️ **{ $title }** is not finished. This is in the way:
stuck-next = -# When it is solved, I go on by myself. **Repair** makes me look again at once.

## Mistakes

mistake-name-empty = A game needs a name.
mistake-name-long = The name has { $n } characters; 80 are allowed.
mistake-name-mention = A name cannot contain mentions like @everyone or a channel link.
mistake-name-invisible = The name contains invisible or control characters. Please type it again.
mistake-name-unreadable = The name needs at least one letter, digit or symbol that can be read.
mistake-text-invisible = The text contains invisible or control characters. Please type it again.
mistake-text-mention = The text cannot contain mentions like @everyone or a channel link.
mistake-text-long = The text has { $is } characters; { $allowed } are allowed.
mistake-emoji = That is not an emoji I can use. Take one emoji like 🎲, or one of this server’s own.
mistake-emoji-foreign = That emoji is from another server. Take one of this server’s own, or a standard one.
mistake-colour = That is not a colour. Write it like #5865F2, or a name like “red”.
mistake-capacity = Seats are a number from 1 to 10000, or empty for no limit.
mistake-name-taken = There is already a game called **{ $name }** here, or one that looks the same. Please choose another name.
mistake-no-game = There is no such game here. Pick one of the suggestions.
mistake-full = { $n ->
    [one] Sorry, the only seat is taken.
   *[other] Sorry, all { $n } seats are taken.
}
mistake-already-in = You are already in this game.
mistake-already-asked = You have already asked to join. A game admin will decide.
mistake-not-in = You are not in this game.
mistake-nothing-to-decide = { $person } has no open request or seat in this game any more.
mistake-archived = This game is archived; a community admin can restore it.
mistake-not-archived = This game is not archived.
mistake-no-change = That is how it is already; nothing was changed.
mistake-confirmation = That is not the game’s name. Nothing was deleted.
mistake-below-seated = { $n ->
    [one] 1 person is in
   *[other] { $n } people are in
}; there cannot be fewer seats than that.
mistake-no-room = Discord’s limits leave no room for this game: { $roles } roles and { $channels } channels are left here. Archive a game and free its channels, or delete one.
mistake-not-ready = I cannot work here yet. Please put this right:
mistake-draft = This form is too old. Please start again; it takes a minute.
mistake-empty-layout = A game needs at least one channel.
mistake-many-admins = At most { $n } game admins can be named at once.
mistake-not-member = { $person } cannot be a game admin: only people who are on this server can.

## Refusals

refused-community = Only community admins can { $what }.
refused-game = Only admins of this game can { $what }.
refused-player = You cannot { $what } here.
action-dashboard = set up panels
action-change-settings = change the settings
action-view-settings = see the settings
action-create = make games
action-edit = edit this game
action-appoint = name game admins
action-archive = archive games
action-restore = restore games
action-delete = delete games
action-repair = repair games
action-seats = decide who is in
action-join = join games
action-leave = leave games
action-view = see games
action-view-audit = read the history of this server
action-view-game-audit = read the history of this game

## Problems of a game

problem-permissions = I lack permissions: { $names }. Give them to my role in the server settings.
problem-role-above = The { $slot } stands above my own role. Drag my role above it in the server settings under Roles.
problem-roles-full = { $needed } more roles are needed, but only { $left } of Discord’s 250 are left. Delete roles or games you no longer need.
problem-channels-full = { $needed } more channels are needed, but only { $left } of Discord’s 500 are left. Archive a game and free its channels, or delete channels.
problem-category-full = { $needed } more channels are needed in the category, but only { $left } of 50 are left. Move other channels out of it.
problem-deleted = The { $slot } was deleted by hand. Press **Repair** (under Manage) to have it back, or edit the game’s channels.
problem-changed = The { $slot } was changed by hand. Press **Repair** (under Manage) to put it right.
problem-refused = Discord said no to “{ $step }”: { $message } (code { $code }). Put that right, then press **Repair**.

## Steps of a plan

step-create-role = Create the role “{ $name }”
step-update-role = Change the { $slot }: { $changes }
step-delete-role = Delete the { $slot }
step-create-category = Create the category “{ $name }”
step-create-channel = Create the { $kind } “{ $name }”
step-update-channel = Change the { $slot }: { $changes }
step-set-overwrite = Set permissions on the { $slot } for: { $principal }
step-delete-channel = Delete the { $slot }, with what is in it
step-place-down = Move the category to the bottom
step-place-up = Move the category up, above the archive
step-grant = Give the { $slot } to { $person }
step-revoke = Take the { $slot } from { $person }
change-name = name “{ $name }”
change-colour = colour { $colour }
change-mentionable = everyone may mention it
change-not-mentionable = not everyone may mention it
change-clear-permissions = no server-wide permissions
change-topic = new topic
change-no-topic = no topic
change-category = back into the category
change-permissions = permissions

## Findings before a panel is posted

check-title = ## Almost there
check-intro = Before I can post the { $panel } in { $channel }, please put this right:
check-guild-permissions = On this server I lack: { $names }. → Server settings › Roles › my role.
check-channel-permissions = In { $channel } I lack: { $names }. → Edit channel › Permissions, and give them to my role.
check-role-low = My own role { $bot } stands below roles I look after: { $roles }. → Server settings › Roles, and drag mine above them.
check-no-room = Discord’s limits leave no room for a game here. → Delete roles or channels you no longer need.
check-channel-unusable = I cannot post in { $channel }. → Choose a normal text channel that I can see.

## Audit

audit-title = ## History
audit-empty = Nothing to show here.
audit-filter = -# Filter: { $text }
audit-filter-game = game { $name }
audit-filter-person = { $person }
audit-kind-placeholder = Only one kind of entry …
audit-person-placeholder = Only by or about one person …
audit-any = Everything
audit-change = { $before } → { $after }
audit-after = { $after }
audit-before = was { $before }
audit-reference = `{ $reference }`
outcome-pending = ⏳
outcome-done = ✅
outcome-failed = ❌
outcome-refused = 🚫
audit-kind-dashboard-set = Panel set up
audit-kind-settings-changed = Settings changed
audit-kind-game-created = Game made
audit-kind-game-edited = Game edited
audit-kind-game-archived = Game archived
audit-kind-game-restored = Game restored
audit-kind-game-deleted = Game deleted
audit-kind-game-repaired = Game repaired
audit-kind-drift-repaired = Change by hand put right
audit-kind-drift-accepted = Change by hand taken over
audit-kind-left-alone = Left alone
audit-kind-seat-requested = Asked to join
audit-kind-seat-taken = Joined
audit-kind-seat-left = Left
audit-kind-seat-approved = Request approved
audit-kind-seat-declined = Request declined
audit-kind-seat-removed = Taken out
audit-kind-admin-appointed = Game admin named
audit-kind-admin-dismissed = Game admin dismissed
audit-kind-server-controlled = Server dealt with
audit-kind-server-tied = Server tied or untied
audit-kind-server-listed = Server added or removed
audit-kind-server-alert = Server alert
audit-kind-action-refused = Not allowed
audit-line-dashboard-set = { $actor } set up a panel
audit-line-settings-changed = { $actor } changed the settings
audit-line-game-created = { $actor } made **{ $game }**
audit-line-game-edited = { $actor } edited **{ $game }**
audit-line-game-archived = { $actor } archived **{ $game }**
audit-line-game-restored = { $actor } restored **{ $game }**
audit-line-game-deleted = { $actor } deleted **{ $game }**
audit-line-game-repaired = { $actor } had **{ $game }** repaired
audit-line-drift-repaired = { $actor } put a change by hand right in **{ $game }**
audit-line-drift-accepted = { $actor } took a change by hand over into **{ $game }**
audit-line-left-alone = { $actor } cannot tell whether this is its own work for **{ $game }**, and left it alone. Delete it if nobody needs it
audit-line-seat-requested = { $actor } asked to join **{ $game }**
audit-line-seat-taken = { $person } joined **{ $game }**
audit-line-seat-left = { $person } left **{ $game }**
audit-line-seat-approved = { $actor } let { $person } into **{ $game }**
audit-line-seat-declined = { $actor } did not let { $person } into **{ $game }**
audit-line-seat-removed = { $actor } took { $person } out of **{ $game }**
audit-line-admin-appointed = { $actor } made { $person } a game admin of **{ $game }**
audit-line-admin-dismissed = { $actor } dismissed { $person } as a game admin of **{ $game }**
audit-line-server-controlled = { $actor } dealt with a game server
audit-line-server-tied = { $actor } tied a game server to a game, or untied it
audit-line-server-listed = { $actor } added or removed a game server
audit-line-server-alert = { $actor } sees that a game server needs a look, or is back
audit-line-action-refused = { $actor } was not allowed to { $what }
audit-line-action-refused-game = { $actor } was not allowed to { $what } (**{ $game }**)
action-unknown = do that

## Settings

settings-title = ## Settings
settings-roles = **Admin roles** · beside everyone with Manage Server: { $roles }
settings-log = **Log channel** · every action as a line: { $channel }
settings-log-none = none
settings-layout = **Default layout** · what **New game** makes: { $layout }
settings-drift = **Changes by hand** · when somebody changes a game’s roles or channels: { $policy }
settings-roles-placeholder = Admin roles …
settings-log-placeholder = Log channel …
settings-channels-placeholder = Text channels of new games …
settings-voice-placeholder = Voice channels of new games …
settings-drift-placeholder = Changes by hand …
settings-many-roles = -# There are more than 25 admin roles. Use `/settings admin-role`.
drift-repair = Put them back
drift-repair-hint = I restore what was changed or deleted
drift-accept = Take them over
drift-accept-hint = What you change by hand becomes how it should be
drift-ask = Ask
drift-ask-hint = I show a problem and wait for a repair

## Help

help-title = ## Gamekeeper
help-intro = I look after this server’s games: each one has its own role and channels, and you join with a click.
help-player = **For everyone**
    `/joingame` and `/leavegame` · join or leave a game
    `/mygames` · the games you are in
    `/game list`, `/game info`, `/game members` · look around
help-game-admin = **For game admins** (in your own games)
    `/game edit` · name, texts, seats, channels
    `/game approve`, `/game decline`, `/game remove` · decide who is in
help-community-admin = **For community admins**
    `/setupdashboard` · post the admin or player panel
    `/game create` and `/game advanced` · make a game
    `/game archive`, `/game restore`, `/game delete`, `/game repair`
    `/game admin-add` and `/game admin-remove` · who runs a game
    `/settings` and `/audit` · how I work, and who did what

## Commands (at most 100 characters each)

command-setupdashboard = Post the panel for admins or for players, or move it here
command-setupdashboard-channel = Where it goes; here if left out
command-setupdashboard-kind = Which panel; the player panel if left out
command-joingame = Join a game
command-leavegame = Leave a game
command-game = Make, change and look at games
command-game-create = Make a game with the default channels
command-game-create-name = Its name; without one, a form opens
command-game-create-emoji = An emoji for it
command-game-advanced = Make a game step by step and see the plan first
command-game-edit = Change a game: name, texts, seats, channels
command-game-archive = Make a game read-only and move it out of the way
command-game-archive-free = Also delete its channels and their messages to make room
command-game-restore = Bring an archived game back
command-game-delete = Delete a game with its roles and channels
command-game-info = Show one game
command-game-list = Show all games
command-game-members = Show who is in a game
command-game-repair = Compare a game with Discord and put it right
command-game-admin-add = Make somebody a game admin
command-game-admin-remove = Dismiss a game admin
command-game-approve = Let somebody in who asked
command-game-decline = Turn down somebody who asked
command-game-remove = Take a player out of a game
command-settings = How Gamekeeper works on this server
command-settings-view = Show the settings
command-settings-admin-role = Roles whose members are community admins
command-settings-admin-role-add = Make a role an admin role
command-settings-admin-role-remove = A role is no longer an admin role
command-settings-log-channel = Where every action is written as a line
command-settings-log-channel-channel = The channel; none if left out
command-settings-default-layout = Which channels new games get
command-settings-default-layout-chat = A chat channel
command-settings-default-layout-announcements = A channel where only game admins write
command-settings-default-layout-looking-for-group = A channel to find company
command-settings-default-layout-forum = A forum
command-settings-default-layout-voice = How many voice channels
command-settings-drift-policy = What I do when somebody changes a game by hand
command-settings-drift-policy-policy = What to do
command-audit = Who did what
command-audit-person = Only by or about this person
command-audit-action = Only this kind of action
command-mygames = The games you are in
command-help = What I can do for you
command-option-game = Start typing its name
command-option-person = The person
command-option-role = The role

## Game servers

server-online = online
server-starting = starting
server-stopping = stopping
server-sleeping = sleeping
server-updating = updating
server-offline = offline
server-crashed = crashed
server-suspended = suspended
server-unknown = unknown
server-list-title = ## Game servers
server-list-empty = There is no game server that you can see here.
server-list-more = -# … and { $n } more. Type a name with /server status to find one.
server-players = { $n } { $n ->
    [one] player
   *[other] players
}
server-players-of = { $n } of { $max } players
server-state-since = **{ $state }** · { $since }
server-address = Address: { $address }
server-game = Game: **{ $game }**
server-map = Map: { $map }
server-version = Version: { $version }
server-fresh = -# Last seen { $when }
server-working = ⏳ On it: { $what } …
server-done = ✅ Done: { $what }.
server-failed = ❌ That did not work out: { $what }. The panel knows more.
server-under-way = ⏳ Still under way: { $what }. Look again in a moment.
server-confirm = **{ $name }**: { $what }?
server-confirm-players = { $n ->
    [one] One person is playing there right now.
   *[other] { $n } people are playing there right now.
}
server-tied = ✅ **{ $name }** belongs to **{ $game }** now.
server-untied = ✅ **{ $name }** belongs to no game any more.
server-backup = ✅ **{ $name }**: the panel is making a backup.
server-console-title = ## Console of { $name }
server-console-empty = It has not said anything lately.
server-card-placed = ✅ The live message of **{ $name }** stands in { $channel } in a moment.
server-card-gone = This game server is not there any more.
server-card-removed = ✅ The live messages of **{ $name }** are taken away.
server-alerts-title = ## Alerts of { $name }
server-alerts-channel = They go to { $channel }, beside the history and the log channel.
server-alerts-nowhere = They go to the history and the log channel only. Choose a channel with /server alerts.
server-alerts-players = When { $n } play, that is told too.
server-alerts-no-players = How many play is not told.
server-alerts-muted = Silent until { $when }.
server-alert-crashed = 🔴 **{ $name }** has crashed
server-alert-offline = ⚫ **{ $name }** is down, and nobody asked me for that
server-alert-unreachable = ❔ **{ $name }** does not answer me any more
server-alert-back-soon = 🟢 **{ $name }** is back after less than a minute
server-alert-back = 🟢 **{ $name }** is back after { $n } { $n ->
    [one] minute
   *[other] minutes
}
server-alert-players = 👥 **{ $name }**: { $n } { $n ->
    [one] player
   *[other] players
}
server-rights-title = ## Who may do what with { $name }
server-rights-intro = Community admins may do everything; admins of the server’s game may start and restart it. Choose a role to give it more.
server-rights-none = No role was given anything yet.
server-rights-more = -# … and { $n } more roles.
server-rights-role = Choose a role
server-rights-actions = What this role may do
info-servers = **Servers**
button-server = Server
button-server-console = Console
button-server-backup = Back up
button-server-update = Update …
button-server-rights = Rights
button-server-type = Type a line
button-server-details = Details
modal-console-title = Console of { $name }
field-line = The line
field-line-hint = It is sent as it stands, and it stands in the history.
mistake-console-empty = There is nothing to send.
mistake-console-control = A console takes one line at a time, without line breaks.
mistake-console-long = That is { $is } characters long; a console takes at most { $allowed }.
server-added = ✅ **{ $name }** is watched from now on.
server-added-silent = It does not answer yet. Check the address and the kind if it should be running.
server-added-refused = Nothing listens at that address right now. Check it if the server should be running.
server-added-odd = Something answers there, but not as this kind of server does. Check the kind and the port.
server-remove-confirm = Watch **{ $name }** no longer? Its game loses it as well.
server-removed = ✅ **{ $name }** is watched no longer.
button-server-remove = Yes, remove it
server-kind-minecraft-java = Minecraft: Java Edition
server-kind-minecraft-bedrock = Minecraft: Bedrock Edition
server-kind-valve = Steam (Valve’s A2S: Counter-Strike, Rust, ARK, Valheim …)
mistake-only-watched = This server is only watched: it has no panel that could do that.
mistake-server-on-panel = This server is on a panel. It goes from the list when it goes from there.
mistake-address = That is not an address. Write a name or an IP address, and a port if it is not the usual one, such as play.example.org:25565.
mistake-port = That is not a port. After the colon goes a number from 1 to 65535.
mistake-not-public = That address is not one of the public internet, so I do not ask there. Whoever runs the bot can allow addresses of its own network.
mistake-no-host = Nobody knows a host of that name. Check how it is written.
mistake-server-there = That very server is watched already, as **{ $name }**.
mistake-many-servers = { $n } servers are watched by their address here. No more fit; remove one first.
command-server-add = Watch a server by its address
command-server-add-name = What it is called here
command-server-add-kind = What it speaks
command-server-add-address = Where it is, such as play.example.org or 198.51.100.7:27015
command-server-remove = Watch a server no longer
button-server-start = Start
button-server-stop = Stop …
button-server-restart = Restart …
button-server-yes = Yes, do it
action-server-status = see this server
action-server-start = start the server
action-server-stop = stop the server
action-server-restart = restart the server
action-server-kill = end the server at once
action-server-update = update the server
action-server-console = use the server’s console
action-server-backup = back the server up
action-server-manage = manage game servers
refused-server = You cannot { $what }. Ask a community admin.
mistake-no-server = I know no such game server here.
mistake-server-ambiguous = Several game servers have that name. Choose one of those that are suggested while you type, or write its number instead: { $ids }.
mistake-server-already = The server is { $state } already.
mistake-server-down = The server is not running. Start it instead.
mistake-server-busy = Somebody has asked for something a moment ago, and that is not over yet.
mistake-server-suspended = The server is suspended. Only whoever runs the panel can change that.
panel-denied = The panel does not let me do that. Whoever runs it has to give my user the right.
panel-refused = The panel said no. Its reason is in the log.
panel-daemon-down = The server’s instance is not running on the panel.
panel-login = The panel does not let me in. Whoever runs the bot has to look at it.
panel-away = The panel does not answer me right now. What you asked for may have arrived all the same: look at /server status in a moment.
command-server = Game servers
command-server-list = All game servers that you can see
command-server-status = What a server does and who plays
command-server-start = Start a server
command-server-stop = Stop a server
command-server-restart = Stop and start a server
command-server-kill = End a server at once, whatever it is doing
command-server-update = Update the game on a server
command-server-backup = Make a backup of a server
command-server-console = Read a server’s console, or type a line into it
command-server-console-line = The line; leave it out to read only
command-server-panel = Put a server’s live message into a channel
command-server-panel-channel = Where; here if you leave it out
command-server-panel-remove = Take the live messages away instead
command-server-alerts = Where a server’s alerts go, and which
command-server-alerts-channel = The channel for its alerts
command-server-alerts-players = Tell when so many play; 0 for never
command-server-alerts-mute = Be silent for so many hours; 0 ends that
command-server-alerts-off = Send them nowhere but to the history
command-server-rights = What roles may do with a server
command-server-rights-role = The role to change
command-server-link = Say which game a server belongs to
command-server-unlink = A server belongs to no game any more
command-option-server = Start typing its name

## A server’s history

history-day = 24 hours
history-week = 7 days
history-month = 30 days
history-nothing = Nothing of this server has been seen in that time.
button-server-history = History
button-server-status = Status
command-server-history = Players and uptime as a picture
command-server-history-span = How far back; 24 hours if you say nothing
chart-day = last 24 hours
chart-week = last 7 days
chart-month = last 30 days
chart-uptime = available
chart-mean = average
chart-peak = peak
chart-average = players, average
chart-maximum = players, maximum
chart-capacity = capacity { $number }
chart-changing = starting, stopping, updating
chart-no-players = No player counts are known for this time
chart-weekdays = Mon, Tue, Wed, Thu, Fri, Sat, Sun
chart-months = Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec
chart-weekday = { $weekday } { $day }
chart-date = { $day } { $month }
chart-percent = { $number }%
chart-decimal = .
chart-description = { $title }: players in the { $span } ({ $from } to { $to }, UTC). { $uptime } available; { $mean } players on average, { $peak } at most.
chart-nothing = { $title }: nothing is known of the { $span } ({ $from } to { $to }, UTC).
