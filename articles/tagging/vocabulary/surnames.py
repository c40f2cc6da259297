"""Tells surnames by their shape, and names that put the surname first.

Takes: “Hrytsenko”, “Gelashvili”, “Petković”; “Xi” in “Xi Jinping”, “Oh” in “Oh Se-young”. Leaves out: surnames
that look like any other word.
"""

import re

from .lexicon import words

# Endings that hardly anything but a surname has, on words of at least six letters.
SURNAME = re.compile(
    r"[^\W\d_]{3,}(?:enko|chuk|czuk|skyi|skiy|skyy|sky|ski|ska|skaya|cki|cka|wicz|vich|vych|ović|ovic|ević|evic|ich|ić"
    r"|shvili|dze|zadeh|zade|oglu|oğlu|nejad|escu|opoulos|akis|idis|iadis|ov|ev|yev|ova|eva|yeva|ovski|ovska|sson"
    r"|ssen|dóttir|dottir|ienė|aitė|utė|auskas|evičius|kutė|kins|iņš|berga|qvist|ström|strom|lund|poulou)\Z"
)
EASTERN_SURNAMES = words(
    "Xi Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song"
    " Zheng Xie Han Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Lü Su Jiang Cai Jia"
    " Ding Wei Xue Ye Yan Pan Du Dai Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin Hao Kong"
    " Bai Cui Kang Mao Qiu Qin Gu Hou Shao Meng Long Wan Duan Qian Tsai Lai Koo Hsieh Hsu Chiu Chang"
    " Chiang Tseng Pei Wen Miao Geng Qi Ni Zuo Yin Bo Chai Kuang Kim Lee Park Choi Jung Jeong Cho Yoon"
    " Jang Lim Oh Seo Shin Kwon Hwang Ahn Ryu Hong Moon Ri Pak Choe Jo Nam No Roh Yun Chung Nguyen Tran Le"
    " Pham Phan Vo Dang Bui Ngo To Luong Trinh Truong Vu Hoang Dao Doan Mai Lam"
)
PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:iang|iong|uang|ueng|iao|ian|ing|uai|uan|ang|eng|ong|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|üe|a|o|e|i|u|ü)"
    r"){1,2}\Z"
)
KOREAN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,6}\Z")
KOREAN_SYLLABLES = words(
    "Jong Un Il Yo Song Sung Yong Chol Hyon Su Ok Myong Gi Kwang Ho Jae Min Soo Hyun Woo Seok Yeol In Geun Hye Sik Chun"
)
NO_EASTERN = words("Kong Dynasty March Island Beach Range War Sea Bay Wall Game Games")


def is_surname(word: str) -> bool:
    """Has the word the ending of a surname?"""
    return SURNAME.match(word) is not None


def is_surname_first(parts: list[str]) -> bool:
    """Is it a Chinese, Korean or Vietnamese name with the surname in front?"""
    if not 2 <= len(parts) <= 3 or parts[0] not in EASTERN_SURNAMES or any(part in NO_EASTERN for part in parts):
        return False
    rest = parts[1:]
    return all(
        KOREAN.match(part) or part in KOREAN_SYLLABLES or (len(part) > 1 and PINYIN.match(part.lower()))
        for part in rest
    )
