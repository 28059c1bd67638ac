// node-soap on any of the WSDLs of the tests.
//
//   node_soap_styles.js MODULE WSDL PORT OPERATION   JSON on stdin -> the envelope node-soap would send
//
// MODULE is node-soap's folder. The JSON is the object that node-soap takes; "$headers" in it are SOAP headers, "$nil" stands for null.
'use strict';

const [module_, wsdl, port, operation] = process.argv.slice(2);
const soap = require(module_);

let input = '';
process.stdin.on('data', (piece) => (input += piece));
process.stdin.on('end', async () => {
  const revive = (_, value) => (value === '$nil' ? null : value);
  const message = JSON.parse(input, revive);
  const headers = message.$headers;
  delete message.$headers;
  let sent = '';
  const httpClient = {
    // Keeps what is sent; the answer does not matter.
    request(url, data, callback) {
      sent = data;
      const error = new Error('not sent');
      callback(error);
      return { headers: {} };
    },
  };
  // It does not look at the binding's version.
  const forceSoap12Headers = port.endsWith('12');
  const client = await soap.createClientAsync(wsdl, { httpClient, disableCache: true, forceSoap12Headers });
  const [service] = Object.entries(client.wsdl.services).find(([, service]) => port in service.ports);
  const proxy = client[service][port];
  if (headers) {
    client.addSoapHeader(headers);
  }
  proxy[operation](message, () => process.stdout.write(sent));
});
