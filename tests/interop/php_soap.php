<?php
// PHP's soap extension as an rpc/encoded server, without a socket.
//
//   php php_soap.php WSDL PART…   a request on stdin -> the response of a service that answers with what it was asked
//
// The operation must have these parts both ways, in this order.

ini_set('soap.wsdl_cache_enabled', '0');

class Mirror
{
    public function __construct(private array $parts)
    {
    }

    public function __call(string $operation, array $arguments): array
    {
        return array_combine($this->parts, $arguments);
    }
}

$server = new SoapServer($argv[1]);
$server->setObject(new Mirror(array_slice($argv, 2)));
$server->handle(stream_get_contents(STDIN));
