// Written by dictionaries/Generate.cs from dictionary.cisco: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>Cisco (vendor 9).</summary>
public static class Cisco
{
    /// <summary>Cisco-AVPair (26.9.1): string; protocol:attribute=value.</summary>
    public static readonly AttributeKey<string> AVPair =
        new("Cisco-AVPair", AttributePath.OfVendor(9, 1), Codecs.Text);

    /// <summary>Cisco-NAS-Port (26.9.2): string.</summary>
    public static readonly AttributeKey<string> NasPort =
        new("Cisco-NAS-Port", AttributePath.OfVendor(9, 2), Codecs.Text);

    /// <summary>Cisco-Fax-Account-Id-Origin (26.9.3): string.</summary>
    public static readonly AttributeKey<string> FaxAccountIdOrigin =
        new("Cisco-Fax-Account-Id-Origin", AttributePath.OfVendor(9, 3), Codecs.Text);

    /// <summary>Cisco-Fax-Msg-Id (26.9.4): string.</summary>
    public static readonly AttributeKey<string> FaxMsgId =
        new("Cisco-Fax-Msg-Id", AttributePath.OfVendor(9, 4), Codecs.Text);

    /// <summary>Cisco-Fax-Pages (26.9.5): string.</summary>
    public static readonly AttributeKey<string> FaxPages =
        new("Cisco-Fax-Pages", AttributePath.OfVendor(9, 5), Codecs.Text);

    /// <summary>Cisco-Fax-Coverpage-Flag (26.9.6): string.</summary>
    public static readonly AttributeKey<string> FaxCoverpageFlag =
        new("Cisco-Fax-Coverpage-Flag", AttributePath.OfVendor(9, 6), Codecs.Text);

    /// <summary>Cisco-Fax-Modem-Time (26.9.7): string.</summary>
    public static readonly AttributeKey<string> FaxModemTime =
        new("Cisco-Fax-Modem-Time", AttributePath.OfVendor(9, 7), Codecs.Text);

    /// <summary>Cisco-Fax-Connect-Speed (26.9.8): string.</summary>
    public static readonly AttributeKey<string> FaxConnectSpeed =
        new("Cisco-Fax-Connect-Speed", AttributePath.OfVendor(9, 8), Codecs.Text);

    /// <summary>Cisco-Fax-Recipient-Count (26.9.9): string.</summary>
    public static readonly AttributeKey<string> FaxRecipientCount =
        new("Cisco-Fax-Recipient-Count", AttributePath.OfVendor(9, 9), Codecs.Text);

    /// <summary>Cisco-Fax-Process-Abort-Flag (26.9.10): string.</summary>
    public static readonly AttributeKey<string> FaxProcessAbortFlag =
        new("Cisco-Fax-Process-Abort-Flag", AttributePath.OfVendor(9, 10), Codecs.Text);

    /// <summary>Cisco-Fax-Dsn-Address (26.9.11): string.</summary>
    public static readonly AttributeKey<string> FaxDsnAddress =
        new("Cisco-Fax-Dsn-Address", AttributePath.OfVendor(9, 11), Codecs.Text);

    /// <summary>Cisco-Fax-Dsn-Flag (26.9.12): string.</summary>
    public static readonly AttributeKey<string> FaxDsnFlag =
        new("Cisco-Fax-Dsn-Flag", AttributePath.OfVendor(9, 12), Codecs.Text);

    /// <summary>Cisco-Fax-Mdn-Address (26.9.13): string.</summary>
    public static readonly AttributeKey<string> FaxMdnAddress =
        new("Cisco-Fax-Mdn-Address", AttributePath.OfVendor(9, 13), Codecs.Text);

    /// <summary>Cisco-Fax-Mdn-Flag (26.9.14): string.</summary>
    public static readonly AttributeKey<string> FaxMdnFlag =
        new("Cisco-Fax-Mdn-Flag", AttributePath.OfVendor(9, 14), Codecs.Text);

    /// <summary>Cisco-Fax-Auth-Status (26.9.15): string.</summary>
    public static readonly AttributeKey<string> FaxAuthStatus =
        new("Cisco-Fax-Auth-Status", AttributePath.OfVendor(9, 15), Codecs.Text);

    /// <summary>Cisco-Email-Server-Address (26.9.16): string.</summary>
    public static readonly AttributeKey<string> EmailServerAddress =
        new("Cisco-Email-Server-Address", AttributePath.OfVendor(9, 16), Codecs.Text);

    /// <summary>Cisco-Email-Server-Ack-Flag (26.9.17): string.</summary>
    public static readonly AttributeKey<string> EmailServerAckFlag =
        new("Cisco-Email-Server-Ack-Flag", AttributePath.OfVendor(9, 17), Codecs.Text);

    /// <summary>Cisco-Gateway-Id (26.9.18): string.</summary>
    public static readonly AttributeKey<string> GatewayId =
        new("Cisco-Gateway-Id", AttributePath.OfVendor(9, 18), Codecs.Text);

    /// <summary>Cisco-Call-Type (26.9.19): string.</summary>
    public static readonly AttributeKey<string> CallType =
        new("Cisco-Call-Type", AttributePath.OfVendor(9, 19), Codecs.Text);

    /// <summary>Cisco-Port-Used (26.9.20): string.</summary>
    public static readonly AttributeKey<string> PortUsed =
        new("Cisco-Port-Used", AttributePath.OfVendor(9, 20), Codecs.Text);

    /// <summary>Cisco-Abort-Cause (26.9.21): string.</summary>
    public static readonly AttributeKey<string> AbortCause =
        new("Cisco-Abort-Cause", AttributePath.OfVendor(9, 21), Codecs.Text);

    /// <summary>h323-remote-address (26.9.23): string.</summary>
    public static readonly AttributeKey<string> H323RemoteAddress =
        new("h323-remote-address", AttributePath.OfVendor(9, 23), Codecs.Text);

    /// <summary>h323-conf-id (26.9.24): string.</summary>
    public static readonly AttributeKey<string> H323ConfId =
        new("h323-conf-id", AttributePath.OfVendor(9, 24), Codecs.Text);

    /// <summary>h323-setup-time (26.9.25): string.</summary>
    public static readonly AttributeKey<string> H323SetupTime =
        new("h323-setup-time", AttributePath.OfVendor(9, 25), Codecs.Text);

    /// <summary>h323-call-origin (26.9.26): string.</summary>
    public static readonly AttributeKey<string> H323CallOrigin =
        new("h323-call-origin", AttributePath.OfVendor(9, 26), Codecs.Text);

    /// <summary>h323-call-type (26.9.27): string.</summary>
    public static readonly AttributeKey<string> H323CallType =
        new("h323-call-type", AttributePath.OfVendor(9, 27), Codecs.Text);

    /// <summary>h323-connect-time (26.9.28): string.</summary>
    public static readonly AttributeKey<string> H323ConnectTime =
        new("h323-connect-time", AttributePath.OfVendor(9, 28), Codecs.Text);

    /// <summary>h323-disconnect-time (26.9.29): string.</summary>
    public static readonly AttributeKey<string> H323DisconnectTime =
        new("h323-disconnect-time", AttributePath.OfVendor(9, 29), Codecs.Text);

    /// <summary>h323-disconnect-cause (26.9.30): string.</summary>
    public static readonly AttributeKey<string> H323DisconnectCause =
        new("h323-disconnect-cause", AttributePath.OfVendor(9, 30), Codecs.Text);

    /// <summary>h323-voice-quality (26.9.31): string.</summary>
    public static readonly AttributeKey<string> H323VoiceQuality =
        new("h323-voice-quality", AttributePath.OfVendor(9, 31), Codecs.Text);

    /// <summary>h323-gw-id (26.9.33): string.</summary>
    public static readonly AttributeKey<string> H323GwId =
        new("h323-gw-id", AttributePath.OfVendor(9, 33), Codecs.Text);

    /// <summary>h323-incoming-conf-id (26.9.35): string.</summary>
    public static readonly AttributeKey<string> H323IncomingConfId =
        new("h323-incoming-conf-id", AttributePath.OfVendor(9, 35), Codecs.Text);

    /// <summary>sip-conf-id (26.9.100): string.</summary>
    public static readonly AttributeKey<string> SipConfId =
        new("sip-conf-id", AttributePath.OfVendor(9, 100), Codecs.Text);

    /// <summary>h323-credit-amount (26.9.101): string.</summary>
    public static readonly AttributeKey<string> H323CreditAmount =
        new("h323-credit-amount", AttributePath.OfVendor(9, 101), Codecs.Text);

    /// <summary>h323-credit-time (26.9.102): string.</summary>
    public static readonly AttributeKey<string> H323CreditTime =
        new("h323-credit-time", AttributePath.OfVendor(9, 102), Codecs.Text);

    /// <summary>h323-return-code (26.9.103): string.</summary>
    public static readonly AttributeKey<string> H323ReturnCode =
        new("h323-return-code", AttributePath.OfVendor(9, 103), Codecs.Text);

    /// <summary>h323-prompt-id (26.9.104): string.</summary>
    public static readonly AttributeKey<string> H323PromptId =
        new("h323-prompt-id", AttributePath.OfVendor(9, 104), Codecs.Text);

    /// <summary>h323-time-and-day (26.9.105): string.</summary>
    public static readonly AttributeKey<string> H323TimeAndDay =
        new("h323-time-and-day", AttributePath.OfVendor(9, 105), Codecs.Text);

    /// <summary>h323-redirect-number (26.9.106): string.</summary>
    public static readonly AttributeKey<string> H323RedirectNumber =
        new("h323-redirect-number", AttributePath.OfVendor(9, 106), Codecs.Text);

    /// <summary>h323-preferred-lang (26.9.107): string.</summary>
    public static readonly AttributeKey<string> H323PreferredLang =
        new("h323-preferred-lang", AttributePath.OfVendor(9, 107), Codecs.Text);

    /// <summary>h323-redirect-ip-address (26.9.108): string.</summary>
    public static readonly AttributeKey<string> H323RedirectIpAddress =
        new("h323-redirect-ip-address", AttributePath.OfVendor(9, 108), Codecs.Text);

    /// <summary>h323-billing-model (26.9.109): string.</summary>
    public static readonly AttributeKey<string> H323BillingModel =
        new("h323-billing-model", AttributePath.OfVendor(9, 109), Codecs.Text);

    /// <summary>h323-currency (26.9.110): string.</summary>
    public static readonly AttributeKey<string> H323Currency =
        new("h323-currency", AttributePath.OfVendor(9, 110), Codecs.Text);

    /// <summary>subscriber (26.9.111): string.</summary>
    public static readonly AttributeKey<string> Subscriber =
        new("subscriber", AttributePath.OfVendor(9, 111), Codecs.Text);

    /// <summary>gw-rxd-cdn (26.9.112): string.</summary>
    public static readonly AttributeKey<string> GwRxdCdn =
        new("gw-rxd-cdn", AttributePath.OfVendor(9, 112), Codecs.Text);

    /// <summary>gw-final-xlated-cdn (26.9.113): string.</summary>
    public static readonly AttributeKey<string> GwFinalXlatedCdn =
        new("gw-final-xlated-cdn", AttributePath.OfVendor(9, 113), Codecs.Text);

    /// <summary>remote-media-address (26.9.114): string.</summary>
    public static readonly AttributeKey<string> RemoteMediaAddress =
        new("remote-media-address", AttributePath.OfVendor(9, 114), Codecs.Text);

    /// <summary>release-source (26.9.115): string.</summary>
    public static readonly AttributeKey<string> ReleaseSource =
        new("release-source", AttributePath.OfVendor(9, 115), Codecs.Text);

    /// <summary>gw-rxd-cgn (26.9.116): string.</summary>
    public static readonly AttributeKey<string> GwRxdCgn =
        new("gw-rxd-cgn", AttributePath.OfVendor(9, 116), Codecs.Text);

    /// <summary>gw-final-xlated-cgn (26.9.117): string.</summary>
    public static readonly AttributeKey<string> GwFinalXlatedCgn =
        new("gw-final-xlated-cgn", AttributePath.OfVendor(9, 117), Codecs.Text);

    /// <summary>call-id (26.9.141): string.</summary>
    public static readonly AttributeKey<string> CallId =
        new("call-id", AttributePath.OfVendor(9, 141), Codecs.Text);

    /// <summary>session-protocol (26.9.142): string.</summary>
    public static readonly AttributeKey<string> SessionProtocol =
        new("session-protocol", AttributePath.OfVendor(9, 142), Codecs.Text);

    /// <summary>method (26.9.143): string.</summary>
    public static readonly AttributeKey<string> Method =
        new("method", AttributePath.OfVendor(9, 143), Codecs.Text);

    /// <summary>prev-hop-via (26.9.144): string.</summary>
    public static readonly AttributeKey<string> PrevHopVia =
        new("prev-hop-via", AttributePath.OfVendor(9, 144), Codecs.Text);

    /// <summary>prev-hop-ip (26.9.145): string.</summary>
    public static readonly AttributeKey<string> PrevHopIp =
        new("prev-hop-ip", AttributePath.OfVendor(9, 145), Codecs.Text);

    /// <summary>incoming-req-uri (26.9.146): string.</summary>
    public static readonly AttributeKey<string> IncomingReqUri =
        new("incoming-req-uri", AttributePath.OfVendor(9, 146), Codecs.Text);

    /// <summary>outgoing-req-uri (26.9.147): string.</summary>
    public static readonly AttributeKey<string> OutgoingReqUri =
        new("outgoing-req-uri", AttributePath.OfVendor(9, 147), Codecs.Text);

    /// <summary>next-hop-ip (26.9.148): string.</summary>
    public static readonly AttributeKey<string> NextHopIp =
        new("next-hop-ip", AttributePath.OfVendor(9, 148), Codecs.Text);

    /// <summary>next-hop-dn (26.9.149): string.</summary>
    public static readonly AttributeKey<string> NextHopDn =
        new("next-hop-dn", AttributePath.OfVendor(9, 149), Codecs.Text);

    /// <summary>sip-hdr (26.9.150): string.</summary>
    public static readonly AttributeKey<string> SipHdr =
        new("sip-hdr", AttributePath.OfVendor(9, 150), Codecs.Text);

    /// <summary>dsp-id (26.9.151): string.</summary>
    public static readonly AttributeKey<string> DspId =
        new("dsp-id", AttributePath.OfVendor(9, 151), Codecs.Text);

    /// <summary>Cisco-Policy-Up (26.9.37): string.</summary>
    public static readonly AttributeKey<string> PolicyUp =
        new("Cisco-Policy-Up", AttributePath.OfVendor(9, 37), Codecs.Text);

    /// <summary>Cisco-Policy-Down (26.9.38): string.</summary>
    public static readonly AttributeKey<string> PolicyDown =
        new("Cisco-Policy-Down", AttributePath.OfVendor(9, 38), Codecs.Text);

    /// <summary>Cisco-Service-Name (26.9.51): string.</summary>
    public static readonly AttributeKey<string> ServiceName =
        new("Cisco-Service-Name", AttributePath.OfVendor(9, 51), Codecs.Text);

    /// <summary>Cisco-Parent-Session-Id (26.9.52): string.</summary>
    public static readonly AttributeKey<string> ParentSessionId =
        new("Cisco-Parent-Session-Id", AttributePath.OfVendor(9, 52), Codecs.Text);

    /// <summary>Cisco-Sub-QoS-Pol-In (26.9.55): string.</summary>
    public static readonly AttributeKey<string> SubQoSPolIn =
        new("Cisco-Sub-QoS-Pol-In", AttributePath.OfVendor(9, 55), Codecs.Text);

    /// <summary>Cisco-Sub-QoS-Pol-Out (26.9.56): string.</summary>
    public static readonly AttributeKey<string> SubQoSPolOut =
        new("Cisco-Sub-QoS-Pol-Out", AttributePath.OfVendor(9, 56), Codecs.Text);

    /// <summary>Cisco-In-ACL (26.9.57): string.</summary>
    public static readonly AttributeKey<string> InAcl =
        new("Cisco-In-ACL", AttributePath.OfVendor(9, 57), Codecs.Text);

    /// <summary>Cisco-Out-ACL (26.9.58): string.</summary>
    public static readonly AttributeKey<string> OutAcl =
        new("Cisco-Out-ACL", AttributePath.OfVendor(9, 58), Codecs.Text);

    /// <summary>Cisco-Sub-PBR-Policy-In (26.9.59): string.</summary>
    public static readonly AttributeKey<string> SubPbrPolicyIn =
        new("Cisco-Sub-PBR-Policy-In", AttributePath.OfVendor(9, 59), Codecs.Text);

    /// <summary>Cisco-Sub-Activate-Service (26.9.60): string.</summary>
    public static readonly AttributeKey<string> SubActivateService =
        new("Cisco-Sub-Activate-Service", AttributePath.OfVendor(9, 60), Codecs.Text);

    /// <summary>Cisco-IPv6-In-ACL (26.9.61): string.</summary>
    public static readonly AttributeKey<string> IPv6InAcl =
        new("Cisco-IPv6-In-ACL", AttributePath.OfVendor(9, 61), Codecs.Text);

    /// <summary>Cisco-IPv6-Out-ACL (26.9.62): string.</summary>
    public static readonly AttributeKey<string> IPv6OutAcl =
        new("Cisco-IPv6-Out-ACL", AttributePath.OfVendor(9, 62), Codecs.Text);

    /// <summary>Cisco-Sub-Deactivate-Service (26.9.63): string.</summary>
    public static readonly AttributeKey<string> SubDeactivateService =
        new("Cisco-Sub-Deactivate-Service", AttributePath.OfVendor(9, 63), Codecs.Text);

    /// <summary>Cisco-Subscriber-Password (26.9.249): string.</summary>
    public static readonly AttributeKey<string> SubscriberPassword =
        new("Cisco-Subscriber-Password", AttributePath.OfVendor(9, 249), Codecs.Text);

    /// <summary>Cisco-Account-Info (26.9.250): string.</summary>
    public static readonly AttributeKey<string> AccountInfo =
        new("Cisco-Account-Info", AttributePath.OfVendor(9, 250), Codecs.Text);

    /// <summary>Cisco-Service-Info (26.9.251): string.</summary>
    public static readonly AttributeKey<string> ServiceInfo =
        new("Cisco-Service-Info", AttributePath.OfVendor(9, 251), Codecs.Text);

    /// <summary>Cisco-Command-Code (26.9.252): string.</summary>
    public static readonly AttributeKey<string> CommandCode =
        new("Cisco-Command-Code", AttributePath.OfVendor(9, 252), Codecs.Text);

    /// <summary>Cisco-Control-Info (26.9.253): string.</summary>
    public static readonly AttributeKey<string> ControlInfo =
        new("Cisco-Control-Info", AttributePath.OfVendor(9, 253), Codecs.Text);

    /// <summary>Cisco-Relay-Information-Option (26.9.46): string.</summary>
    public static readonly AttributeKey<string> RelayInformationOption =
        new("Cisco-Relay-Information-Option", AttributePath.OfVendor(9, 46), Codecs.Text);

    /// <summary>Cisco-DHCP-User-Class (26.9.47): string.</summary>
    public static readonly AttributeKey<string> DhcpUserClass =
        new("Cisco-DHCP-User-Class", AttributePath.OfVendor(9, 47), Codecs.Text);

    /// <summary>Cisco-DHCP-Vendor-Class (26.9.48): string.</summary>
    public static readonly AttributeKey<string> DhcpVendorClass =
        new("Cisco-DHCP-Vendor-Class", AttributePath.OfVendor(9, 48), Codecs.Text);

    /// <summary>Cisco-DHCP-Relay-GiAddr (26.9.50): string.</summary>
    public static readonly AttributeKey<string> DhcpRelayGiAddr =
        new("Cisco-DHCP-Relay-GiAddr", AttributePath.OfVendor(9, 50), Codecs.Text);

    /// <summary>Cisco-DHCP-Subscriber-Id (26.9.65): string.</summary>
    public static readonly AttributeKey<string> DhcpSubscriberId =
        new("Cisco-DHCP-Subscriber-Id", AttributePath.OfVendor(9, 65), Codecs.Text);

    /// <summary>Cisco-DHCPv6-Link-Address (26.9.66): string.</summary>
    public static readonly AttributeKey<string> DHCPv6LinkAddress =
        new("Cisco-DHCPv6-Link-Address", AttributePath.OfVendor(9, 66), Codecs.Text);

    /// <summary>Cisco-Multilink-ID (26.9.187): integer.</summary>
    public static readonly AttributeKey<uint> MultilinkId =
        new("Cisco-Multilink-ID", AttributePath.OfVendor(9, 187), Codecs.Integer);

    /// <summary>Cisco-Num-In-Multilink (26.9.188): integer.</summary>
    public static readonly AttributeKey<uint> NumInMultilink =
        new("Cisco-Num-In-Multilink", AttributePath.OfVendor(9, 188), Codecs.Integer);

    /// <summary>Cisco-Pre-Input-Octets (26.9.190): integer.</summary>
    public static readonly AttributeKey<uint> PreInputOctets =
        new("Cisco-Pre-Input-Octets", AttributePath.OfVendor(9, 190), Codecs.Integer);

    /// <summary>Cisco-Pre-Output-Octets (26.9.191): integer.</summary>
    public static readonly AttributeKey<uint> PreOutputOctets =
        new("Cisco-Pre-Output-Octets", AttributePath.OfVendor(9, 191), Codecs.Integer);

    /// <summary>Cisco-Pre-Input-Packets (26.9.192): integer.</summary>
    public static readonly AttributeKey<uint> PreInputPackets =
        new("Cisco-Pre-Input-Packets", AttributePath.OfVendor(9, 192), Codecs.Integer);

    /// <summary>Cisco-Pre-Output-Packets (26.9.193): integer.</summary>
    public static readonly AttributeKey<uint> PreOutputPackets =
        new("Cisco-Pre-Output-Packets", AttributePath.OfVendor(9, 193), Codecs.Integer);

    /// <summary>Cisco-Maximum-Time (26.9.194): integer.</summary>
    public static readonly AttributeKey<uint> MaximumTime =
        new("Cisco-Maximum-Time", AttributePath.OfVendor(9, 194), Codecs.Integer);

    /// <summary>Cisco-Disconnect-Cause (26.9.195): integer.</summary>
    public static readonly AttributeKey<uint> DisconnectCause =
        new("Cisco-Disconnect-Cause", AttributePath.OfVendor(9, 195), Codecs.Integer);

    /// <summary>Cisco-Data-Rate (26.9.197): integer.</summary>
    public static readonly AttributeKey<uint> DataRate =
        new("Cisco-Data-Rate", AttributePath.OfVendor(9, 197), Codecs.Integer);

    /// <summary>Cisco-PreSession-Time (26.9.198): integer.</summary>
    public static readonly AttributeKey<uint> PreSessionTime =
        new("Cisco-PreSession-Time", AttributePath.OfVendor(9, 198), Codecs.Integer);

    /// <summary>Cisco-PW-Lifetime (26.9.208): integer.</summary>
    public static readonly AttributeKey<uint> PWLifetime =
        new("Cisco-PW-Lifetime", AttributePath.OfVendor(9, 208), Codecs.Integer);

    /// <summary>Cisco-IP-Direct (26.9.209): integer.</summary>
    public static readonly AttributeKey<uint> IPDirect =
        new("Cisco-IP-Direct", AttributePath.OfVendor(9, 209), Codecs.Integer);

    /// <summary>Cisco-PPP-VJ-Slot-Comp (26.9.210): integer.</summary>
    public static readonly AttributeKey<uint> PppVJSlotComp =
        new("Cisco-PPP-VJ-Slot-Comp", AttributePath.OfVendor(9, 210), Codecs.Integer);

    /// <summary>Cisco-PPP-Async-Map (26.9.212): integer.</summary>
    public static readonly AttributeKey<uint> PppAsyncMap =
        new("Cisco-PPP-Async-Map", AttributePath.OfVendor(9, 212), Codecs.Integer);

    /// <summary>Cisco-IP-Pool-Definition (26.9.217): string.</summary>
    public static readonly AttributeKey<string> IPPoolDefinition =
        new("Cisco-IP-Pool-Definition", AttributePath.OfVendor(9, 217), Codecs.Text);

    /// <summary>Cisco-Assign-IP-Pool (26.9.218): integer.</summary>
    public static readonly AttributeKey<uint> AssignIPPool =
        new("Cisco-Assign-IP-Pool", AttributePath.OfVendor(9, 218), Codecs.Integer);

    /// <summary>Cisco-Route-IP (26.9.228): integer.</summary>
    public static readonly AttributeKey<uint> RouteIP =
        new("Cisco-Route-IP", AttributePath.OfVendor(9, 228), Codecs.Integer);

    /// <summary>Cisco-Link-Compression (26.9.233): integer.</summary>
    public static readonly AttributeKey<uint> LinkCompression =
        new("Cisco-Link-Compression", AttributePath.OfVendor(9, 233), Codecs.Integer);

    /// <summary>Cisco-Target-Util (26.9.234): integer.</summary>
    public static readonly AttributeKey<uint> TargetUtil =
        new("Cisco-Target-Util", AttributePath.OfVendor(9, 234), Codecs.Integer);

    /// <summary>Cisco-Maximum-Channels (26.9.235): integer.</summary>
    public static readonly AttributeKey<uint> MaximumChannels =
        new("Cisco-Maximum-Channels", AttributePath.OfVendor(9, 235), Codecs.Integer);

    /// <summary>Cisco-Data-Filter (26.9.242): integer.</summary>
    public static readonly AttributeKey<uint> DataFilter =
        new("Cisco-Data-Filter", AttributePath.OfVendor(9, 242), Codecs.Integer);

    /// <summary>Cisco-Call-Filter (26.9.243): integer.</summary>
    public static readonly AttributeKey<uint> CallFilter =
        new("Cisco-Call-Filter", AttributePath.OfVendor(9, 243), Codecs.Integer);

    /// <summary>Cisco-Idle-Limit (26.9.244): integer.</summary>
    public static readonly AttributeKey<uint> IdleLimit =
        new("Cisco-Idle-Limit", AttributePath.OfVendor(9, 244), Codecs.Integer);

    /// <summary>Cisco-Xmit-Rate (26.9.255): integer.</summary>
    public static readonly AttributeKey<uint> XmitRate =
        new("Cisco-Xmit-Rate", AttributePath.OfVendor(9, 255), Codecs.Integer);
}

/// <summary>Values of Cisco-Disconnect-Cause (26.9.195).</summary>
public enum CiscoDisconnectCause : uint
{
    /// <summary>No-Reason.</summary>
    NoReason = 0,

    /// <summary>No-Disconnect.</summary>
    NoDisconnect = 1,

    /// <summary>Unknown.</summary>
    Unknown = 2,

    /// <summary>Call-Disconnect.</summary>
    CallDisconnect = 3,

    /// <summary>CLID-Authentication-Failure.</summary>
    ClidAuthenticationFailure = 4,

    /// <summary>No-Modem-Available.</summary>
    NoModemAvailable = 9,

    /// <summary>No-Carrier.</summary>
    NoCarrier = 10,

    /// <summary>Lost-Carrier.</summary>
    LostCarrier = 11,

    /// <summary>No-Detected-Result-Codes.</summary>
    NoDetectedResultCodes = 12,

    /// <summary>User-Ends-Session.</summary>
    UserEndsSession = 20,

    /// <summary>Idle-Timeout.</summary>
    IdleTimeout = 21,

    /// <summary>Exit-Telnet-Session.</summary>
    ExitTelnetSession = 22,

    /// <summary>No-Remote-IP-Addr.</summary>
    NoRemoteIPAddr = 23,

    /// <summary>Exit-Raw-TCP.</summary>
    ExitRawTcp = 24,

    /// <summary>Password-Fail.</summary>
    PasswordFail = 25,

    /// <summary>Raw-TCP-Disabled.</summary>
    RawTcpDisabled = 26,

    /// <summary>Control-C-Detected.</summary>
    ControlCDetected = 27,

    /// <summary>EXEC-Program-Destroyed.</summary>
    ExecProgramDestroyed = 28,

    /// <summary>Close-Virtual-Connection.</summary>
    CloseVirtualConnection = 29,

    /// <summary>End-Virtual-Connection.</summary>
    EndVirtualConnection = 30,

    /// <summary>Exit-Rlogin.</summary>
    ExitRlogin = 31,

    /// <summary>Invalid-Rlogin-Option.</summary>
    InvalidRloginOption = 32,

    /// <summary>Insufficient-Resources.</summary>
    InsufficientResources = 33,

    /// <summary>Timeout-PPP-LCP.</summary>
    TimeoutPppLcp = 40,

    /// <summary>Failed-PPP-LCP-Negotiation.</summary>
    FailedPppLcpNegotiation = 41,

    /// <summary>Failed-PPP-PAP-Auth-Fail.</summary>
    FailedPppPapAuthFail = 42,

    /// <summary>Failed-PPP-CHAP-Auth.</summary>
    FailedPppChapAuth = 43,

    /// <summary>Failed-PPP-Remote-Auth.</summary>
    FailedPppRemoteAuth = 44,

    /// <summary>PPP-Remote-Terminate.</summary>
    PppRemoteTerminate = 45,

    /// <summary>PPP-Closed-Event.</summary>
    PppClosedEvent = 46,

    /// <summary>NCP-Closed-PPP.</summary>
    NcpClosedPpp = 47,

    /// <summary>MP-Error-PPP.</summary>
    MPErrorPpp = 48,

    /// <summary>PPP-Maximum-Channels.</summary>
    PppMaximumChannels = 49,

    /// <summary>Tables-Full.</summary>
    TablesFull = 50,

    /// <summary>Resources-Full.</summary>
    ResourcesFull = 51,

    /// <summary>Invalid-IP-Address.</summary>
    InvalidIPAddress = 52,

    /// <summary>Bad-Hostname.</summary>
    BadHostname = 53,

    /// <summary>Bad-Port.</summary>
    BadPort = 54,

    /// <summary>Reset-TCP.</summary>
    ResetTcp = 60,

    /// <summary>TCP-Connection-Refused.</summary>
    TcpConnectionRefused = 61,

    /// <summary>Timeout-TCP.</summary>
    TimeoutTcp = 62,

    /// <summary>Foreign-Host-Close-TCP.</summary>
    ForeignHostCloseTcp = 63,

    /// <summary>TCP-Network-Unreachable.</summary>
    TcpNetworkUnreachable = 64,

    /// <summary>TCP-Host-Unreachable.</summary>
    TcpHostUnreachable = 65,

    /// <summary>TCP-Network-Admin-Unreachable.</summary>
    TcpNetworkAdminUnreachable = 66,

    /// <summary>TCP-Port-Unreachable.</summary>
    TcpPortUnreachable = 67,

    /// <summary>Session-Timeout.</summary>
    SessionTimeout = 100,

    /// <summary>Session-Failed-Security.</summary>
    SessionFailedSecurity = 101,

    /// <summary>Session-End-Callback.</summary>
    SessionEndCallback = 102,

    /// <summary>Invalid-Protocol.</summary>
    InvalidProtocol = 120,

    /// <summary>RADIUS-Disconnect.</summary>
    RadiusDisconnect = 150,

    /// <summary>Local-Admin-Disconnect.</summary>
    LocalAdminDisconnect = 151,

    /// <summary>SNMP-Disconnect.</summary>
    SnmpDisconnect = 152,

    /// <summary>V110-Retries.</summary>
    V110Retries = 160,

    /// <summary>PPP-Authentication-Timeout.</summary>
    PppAuthenticationTimeout = 170,

    /// <summary>Local-Hangup.</summary>
    LocalHangup = 180,

    /// <summary>Remote-Hangup.</summary>
    RemoteHangup = 185,

    /// <summary>T1-Quiesced.</summary>
    T1Quiesced = 190,

    /// <summary>Call-Duration.</summary>
    CallDuration = 195,

    /// <summary>VPN-User-Disconnect.</summary>
    VpnUserDisconnect = 600,

    /// <summary>VPN-Carrier-Loss.</summary>
    VpnCarrierLoss = 601,

    /// <summary>VPN-No-Resources.</summary>
    VpnNoResources = 602,

    /// <summary>VPN-Bad-Control-Packet.</summary>
    VpnBadControlPacket = 603,

    /// <summary>VPN-Admin-Disconnect.</summary>
    VpnAdminDisconnect = 604,

    /// <summary>VPN-Tunnel-Shut.</summary>
    VpnTunnelShut = 605,

    /// <summary>VPN-Local-Disconnect.</summary>
    VpnLocalDisconnect = 606,

    /// <summary>VPN-Session-Limit.</summary>
    VpnSessionLimit = 607,

    /// <summary>VPN-Call-Redirect.</summary>
    VpnCallRedirect = 608,
}
