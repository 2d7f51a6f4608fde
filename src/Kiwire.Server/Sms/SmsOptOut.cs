namespace Kiwire.Server.Sms;

/// <summary>A number that wants no campaigns.</summary>
internal sealed class SmsOptOut
{
    public long TenantId { get; set; }

    public long OptOutId { get; set; }

    /// <summary>Digits, the calling code first.</summary>
    public string Number { get; set; } = "";

    public string Remark { get; set; } = "";

    public long CreatedAt { get; set; }
}
