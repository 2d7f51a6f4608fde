# MikroTik RouterOS 7: a hotspot that asks Kiwire.   Paste into a terminal, or /import file-name=mikrotik.rsc
# In Kiwire: type mikrotik, the address the router sends from, the secret below, identity lobby-gw.
# An accept then carries Mikrotik-Rate-Limit ("upload/download", in thousands of bit/s) and, where the profile has a volume,
# Mikrotik-Total-Limit with its Gigawords; Session-Timeout and Idle-Timeout as everywhere.

# NAS-Identifier is the router's identity.
/system identity set name=lobby-gw

# require-message-auth is from RouterOS 7.15 on: the router takes no answer that is not signed, and Kiwire signs them all. Older
# releases do not know the word: leave it out. The default timeout of 300 ms is shorter than the second for which Kiwire holds back a refusal.
/radius add service=hotspot address=192.0.2.10 secret="CHANGE-ME" authentication-port=1812 accounting-port=1813 timeout=3s \
    require-message-auth=yes-for-request-resp comment="kiwire"

# hsprof1 is the name that /ip hotspot setup gives; radius-interim-update=received would take what Kiwire sends.
/ip hotspot profile set [find name=hsprof1] use-radius=yes radius-accounting=yes radius-interim-update=5m \
    nas-port-type=wireless-802.11 login-by=http-chap,cookie

# Subscribers on PPPoE instead: service=ppp above (service=hotspot,ppp for both), and
# /ppp aaa set use-radius=yes accounting=yes interim-update=5m
