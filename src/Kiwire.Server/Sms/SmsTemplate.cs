namespace Kiwire.Server.Sms;

/// <summary>A tenant's text for messages.</summary>
internal sealed class SmsTemplate
{
    public long TenantId { get; set; }

    public long TemplateId { get; set; }

    public string Name { get; set; } = "";

    /// <summary>With variables in braces: <see cref="MessageTemplate"/>.</summary>
    public string Text { get; set; } = "";

    public long Version { get; set; }
}
