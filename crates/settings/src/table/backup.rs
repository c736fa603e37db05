use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Backups",
    variables: &[
        Variable::new(
            "GAMEKEEPER_BACKUP_AT",
            "backup.at",
            "When the bot makes a backup each day, UTC; off for never; timer where something else, such as \
             gamekeeper-backup.timer, makes one every day and the bot tells you if it does not. Of \
             several processes one does it.",
        )
        .default("03:30"),
        Variable::new(
            "GAMEKEEPER_BACKUP_DIR",
            "backup.dir",
            "Where backups go. Unset: backups in the data directory.",
        ),
        Variable::new(
            "GAMEKEEPER_BACKUP_URL",
            "backup.url",
            "A second place for each backup: s3://bucket/prefix (and whatever speaks S3, with \
             AWS_ENDPOINT), az://container/prefix, gs://bucket/prefix, or file:///path of another disk, \
             which has to be there. Credentials are the provider's own variables, in the \
             environment or beside this one in .env: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
             AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, GOOGLE_SERVICE_ACCOUNT. Keys can \
             stand in files: AWS_SECRET_ACCESS_KEY_FILE and the like. Unset: none.",
        )
        .example("s3://my-backups/gamekeeper"),
        Variable::new(
            "GAMEKEEPER_BACKUP_RECIPIENT",
            "backup.recipient",
            "Age public keys to encrypt backups for, separated by commas. Unset: not encrypted.",
        )
        .example("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
        Variable::new(
            "GAMEKEEPER_BACKUP_IDENTITY",
            "backup.identity",
            "The age identity that opens them: for restores, and for the weekly proof. Best as a file, \
             and kept in another place as well: without it, encrypted backups are lost.",
        )
        .secret(),
        Variable::new(
            "GAMEKEEPER_BACKUP_KEEP_DAYS",
            "backup.keep_days",
            "For how many days all backups are kept. 0 to 3650.",
        )
        .default("30"),
        Variable::new(
            "GAMEKEEPER_BACKUP_KEEP",
            "backup.keep",
            "How many daily, weekly and monthly backups are kept beside those. The newest and the last \
             one that was proven always stay.",
        )
        .default("7/4/12"),
        Variable::new(
            "GAMEKEEPER_BACKUP_VERIFY",
            "backup.verify",
            "The day of the week on which the newest backup is restored into a scratch database, \
             compared and checked: sun to sat, or off.",
        )
        .default("sun"),
    ],
};
