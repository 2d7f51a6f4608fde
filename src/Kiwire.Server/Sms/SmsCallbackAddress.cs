using System.Globalization;

namespace Kiwire.Server.Sms;

/// <summary>Where gateways report what became of a message: <c>{PublicUrl}/sms/callbacks/{provider}/{tenant}/{connector}/{message}</c>.</summary>
internal static class SmsCallbackAddress
{
    public const string Twilio = "twilio";
    public const string MessageBird = "messagebird";

    /// <summary>Null: nothing is asked for, as this server cannot be reached, or a report could not be told from a forged one.</summary>
    public static Uri? Of(SmsOptions options, SmsConnector connector, long messageId) => options.PublicUrl.Length == 0 ? null : connector.Provider switch
    {
        SmsProvider.Twilio => Of(options, Twilio, connector.TenantId, connector.ConnectorId, messageId),
        SmsProvider.MessageBird when connector.Secrets.Has(SmsSecrets.SigningKey) =>
            Of(options, MessageBird, connector.TenantId, connector.ConnectorId, messageId),
        _ => null,
    };

    public static Uri Of(SmsOptions options, string provider, long tenantId, long connectorId, long messageId) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{options.PublicUrl.TrimEnd('/')}/sms/callbacks/{provider}/{tenantId}/{connectorId}/{messageId}"));
}
