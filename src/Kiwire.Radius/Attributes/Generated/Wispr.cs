// Written by dictionaries/Generate.cs from dictionary.wispr: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>Wi-Fi Alliance, WISPr (vendor 14122).</summary>
public static class Wispr
{
    /// <summary>WISPr-Location-ID (26.14122.1): string; isocc=, cc=, ac=, network=.</summary>
    public static readonly AttributeKey<string> LocationId =
        new("WISPr-Location-ID", AttributePath.OfVendor(14122, 1), Codecs.Text);

    /// <summary>WISPr-Location-Name (26.14122.2): string.</summary>
    public static readonly AttributeKey<string> LocationName =
        new("WISPr-Location-Name", AttributePath.OfVendor(14122, 2), Codecs.Text);

    /// <summary>WISPr-Logoff-URL (26.14122.3): string.</summary>
    public static readonly AttributeKey<string> LogoffUrl =
        new("WISPr-Logoff-URL", AttributePath.OfVendor(14122, 3), Codecs.Text);

    /// <summary>WISPr-Redirection-URL (26.14122.4): string.</summary>
    public static readonly AttributeKey<string> RedirectionUrl =
        new("WISPr-Redirection-URL", AttributePath.OfVendor(14122, 4), Codecs.Text);

    /// <summary>WISPr-Bandwidth-Min-Up (26.14122.5): integer; bit/s from the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMinUp =
        new("WISPr-Bandwidth-Min-Up", AttributePath.OfVendor(14122, 5), Codecs.Integer);

    /// <summary>WISPr-Bandwidth-Min-Down (26.14122.6): integer; bit/s to the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMinDown =
        new("WISPr-Bandwidth-Min-Down", AttributePath.OfVendor(14122, 6), Codecs.Integer);

    /// <summary>WISPr-Bandwidth-Max-Up (26.14122.7): integer; bit/s from the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxUp =
        new("WISPr-Bandwidth-Max-Up", AttributePath.OfVendor(14122, 7), Codecs.Integer);

    /// <summary>WISPr-Bandwidth-Max-Down (26.14122.8): integer; bit/s to the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxDown =
        new("WISPr-Bandwidth-Max-Down", AttributePath.OfVendor(14122, 8), Codecs.Integer);

    /// <summary>WISPr-Session-Terminate-Time (26.14122.9): string; ISO 8601.</summary>
    public static readonly AttributeKey<string> SessionTerminateTime =
        new("WISPr-Session-Terminate-Time", AttributePath.OfVendor(14122, 9), Codecs.Text);

    /// <summary>WISPr-Session-Terminate-End-Of-Day (26.14122.10): string; 1: at the end of the accounting day.</summary>
    public static readonly AttributeKey<string> SessionTerminateEndOfDay =
        new("WISPr-Session-Terminate-End-Of-Day", AttributePath.OfVendor(14122, 10), Codecs.Text);

    /// <summary>WISPr-Billing-Class-Of-Service (26.14122.11): string.</summary>
    public static readonly AttributeKey<string> BillingClassOfService =
        new("WISPr-Billing-Class-Of-Service", AttributePath.OfVendor(14122, 11), Codecs.Text);
}
