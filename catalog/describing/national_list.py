"""オープンデータ一覧 (自治体標準オープンデータセット A-06): the town's own list, made from what is published.

One row per file: 27 columns about the dataset, 15 about the file.
"""

from collections.abc import Sequence

from catalog.describing.credit import credit_line
from catalog.describing.profile import DescribedFile, Description
from catalog.describing.vocabularies import FREQUENCIES, THEMES
from catalog.site.town_card import TownCard

COLUMNS = (
    "データセット_ID",
    "全国地方公共団体コード",
    "地方公共団体名",
    "データセット_タイトル",
    "データセット_サブタイトル",
    "データセット_概要",
    "データセット_キーワード",
    "データセット_分類",
    "データセット_ユニバーサルメニュー",
    "データセット_公開日",
    "データセット_最終更新日",
    "データセット_バージョン",
    "データセット_言語",
    "データセット_URL",
    "データセット_更新頻度",
    "データセット_準拠する標準",
    "データセット_関連ドキュメント",
    "データセット_来歴情報",
    "データセット_対象地域",
    "データセット_対象期間",
    "データセット_連絡先名称",
    "データセット_連絡先メールアドレス",
    "データセット_連絡先電話番号",
    "データセット_連絡先内線番号",
    "データセット_連絡先FormURL",
    "データセット_連絡先備考（その他、SNSなど）",
    "データセット_備考",
    "ファイル_タイトル",
    "ファイル_アクセスURL",
    "ファイル_ダウンロードURL",
    "ファイル_説明",
    "ファイル形式",
    "ファイル_ライセンス",
    "ファイル_ステータス",
    "ファイル_サイズ",
    "ファイル_公開日",
    "ファイル_最終更新日",
    "ファイル_利用規約",
    "ファイル_関連ドキュメント",
    "ファイル_言語",
    "ファイル_準拠する標準",
    "ファイル_API対応有無",
)
"""The 42 columns in the order of the files seen (spec.json, open_data_list): データセット_ID comes first."""


def open_data_list(descriptions: Sequence[Description], town: TownCard) -> list[dict[str, str]]:
    """Return one row per downloadable file, every row with every column in order."""
    return [
        dict.fromkeys(COLUMNS, "") | _about_dataset(description, town) | _about_file(description, file)
        for description in descriptions
        for file in description.files
    ]


def _about_dataset(description: Description, town: TownCard) -> dict[str, str]:
    contact = description.contact
    return {
        "データセット_ID": description.name,
        "全国地方公共団体コード": town.code,
        "地方公共団体名": town.full_name,
        "データセット_タイトル": description.title.ja,
        "データセット_サブタイトル": description.title.en,
        "データセット_概要": description.notes.ja,
        "データセット_キーワード": ";".join(description.tags),
        "データセット_分類": THEMES[description.theme].ja if description.theme else "",
        "データセット_公開日": description.issued[:10],
        "データセット_最終更新日": description.modified[:10],
        "データセット_バージョン": description.version,
        "データセット_言語": "日本語",
        "データセット_URL": description.page.ja,
        "データセット_更新頻度": FREQUENCIES[description.frequency].ja,
        "データセット_準拠する標準": _standard(description),
        "データセット_関連ドキュメント": description.definition.ja if description.definition else "",
        "データセット_対象地域": town.full_name,
        "データセット_対象期間": "/".join(description.periods[:1] + description.periods[1:][-1:]) or description.as_of,
        "データセット_連絡先名称": contact.name.ja if contact else "",
        "データセット_連絡先電話番号": contact.phone if contact else "",
        "データセット_連絡先FormURL": contact.page if contact else "",
        "データセット_備考": "".join(text.ja for text in (description.notice, description.caveat) if text),
    }


def _about_file(description: Description, file: DescribedFile) -> dict[str, str]:
    return {
        "ファイル_タイトル": file.title,
        "ファイル_アクセスURL": description.page.ja,
        "ファイル_ダウンロードURL": file.url,
        "ファイル_説明": file.period,
        "ファイル形式": file.format.upper(),
        "ファイル_ライセンス": description.licence.short,
        "ファイル_ステータス": "公開",
        "ファイル_サイズ": str(file.bytes),
        "ファイル_公開日": description.issued[:10],
        "ファイル_最終更新日": description.modified[:10],
        "ファイル_利用規約": credit_line(description, "ja"),
        "ファイル_言語": "日本語",
        "ファイル_準拠する標準": _standard(description),
        "ファイル_API対応有無": "有",
    }


def _standard(description: Description) -> str:
    return description.standard.called() if description.standard else ""
